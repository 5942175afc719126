using RealtimeHub.Cli.Output;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Climate;

/// <summary>Reads a climate stream until it ends, is interrupted, or has shown what was asked for.</summary>
internal static class ClimateReading
{
    public static async Task<int> RunAsync(
        CommandContext context,
        Func<Action<Subscription>, IAsyncEnumerable<StreamItem>> open,
        Action<CliOutput, FrameEnvelope> show,
        bool isOnce,
        CancellationToken cancellationToken)
    {
        var notices = new ItemWriter(context.Out, _ => new StyledLine());
        Subscription? subscription = null;
        ConnectionWriter.Attach(context.Client.Climate, context.Out);
        try
        {
            await foreach (var item in open(s => subscription = s).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (context.Out.IsJson || item.Frame is null)
                {
                    notices.Write(item);
                }
                else
                {
                    show(context.Out, item.Frame);
                }

                if (item.Error is not null)
                {
                    return ExitCodes.Failed;
                }

                if (isOnce && item.Kind == StreamItemKinds.Frame)
                {
                    break;
                }
            }

            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        finally
        {
            if (subscription is not null && !isOnce)
            {
                CoverageWriter.Write(context.Out, subscription.Coverage);
            }
        }
    }
}
