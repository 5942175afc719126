namespace RealtimeHub.Science.Simulation.Kernels;

/// <summary>Computes rows of the next step. Thread-safe: it holds constants only.</summary>
public abstract class RowStepper
{
    private protected RowStepper()
    {
    }

    internal abstract void Row(in RowWindow window);
}

internal sealed class RowStepper<TKernel>(TKernel kernel, LaneWidth width) : RowStepper
    where TKernel : struct, IRowKernel
{
    private readonly TKernel _kernel = kernel;
    private readonly LaneWidth _width = width.Resolve();

    internal override void Row(in RowWindow window)
    {
        switch (_width)
        {
            case LaneWidth.Sixteen:
                _kernel.Row<Lanes512>(window);
                break;
            case LaneWidth.Eight:
                _kernel.Row<Lanes256>(window);
                break;
            case LaneWidth.Four:
                _kernel.Row<Lanes128>(window);
                break;
            default:
                _kernel.Row<Lanes32>(window);
                break;
        }
    }
}
