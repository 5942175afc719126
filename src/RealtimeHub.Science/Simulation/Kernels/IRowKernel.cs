namespace RealtimeHub.Science.Simulation.Kernels;

/// <summary>The arithmetic of one model. Implemented by structs that hold its constants.</summary>
internal interface IRowKernel
{
    void Row<T>(in RowWindow window)
        where T : struct, ILanes<T>;
}
