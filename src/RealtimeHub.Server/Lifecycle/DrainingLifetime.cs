using System.Runtime.InteropServices;

namespace RealtimeHub.Server.Lifecycle;

/// <summary>Signals to stop drain first: SignalR cuts its connections as soon as the host is told to stop. A second signal stops at once.</summary>
internal sealed class DrainingLifetime(IHostApplicationLifetime application, DrainService drain) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _received;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _received) > 1)
        {
            application.StopApplication();
            return;
        }

        _ = StopAsync();
    }

    private async Task StopAsync()
    {
        try
        {
            await drain.DrainAsync();
        }
        finally
        {
            application.StopApplication();
        }
    }
}
