using System.Runtime.InteropServices;
using RealtimeHub.Cli;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
return await RthubCommand.RunAsync(args, CliHost.OfProcess(), cancellation.Token).ConfigureAwait(false);

// The second time the system's default ends the process.
void Cancel(PosixSignalContext context)
{
    context.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
