using System.Threading.Channels;

namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>Asks for a scan; any number of requests before it starts are one. Thread-safe; one waiter.</summary>
internal sealed class ScanSignal
{
    private readonly Channel<bool> _requests = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _requests.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _requests.Reader.ReadAsync(cancellationToken);
}
