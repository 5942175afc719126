using System.Runtime.InteropServices;
using RealtimeHub.Cli;

using var interruption = new Interruption(TimeProvider.System);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
return await RthubCommand.RunAsync(args, CliHost.OfProcess(), interruption.Token).ConfigureAwait(false);

void OnSignal(PosixSignalContext context) => context.Cancel = interruption.Signal();
