using System.Threading.Channels;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Diagnostics;

namespace RealtimeHub.Server.Audit;

/// <summary>Where everybody writes what has to be provable later. Writing never waits; one loop puts records into the file.</summary>
/// <remarks>Thread-safe and bounded: what is lost because the disk does not keep up is counted, and the next record says how much.</remarks>
internal sealed class AuditLog(
    IOptions<AuditOptions> options, IHostEnvironment environment, TimeProvider clock, ServerMetrics metrics, ILogger<AuditLog> logger) : IHostedService, IAsyncDisposable
{
    private const int Capacity = 10_000;

    private readonly Channel<AuditEvent> _queue = Channel.CreateBounded<AuditEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly DenialTally _denials = new(clock);
    private AuditFile? _file;
    private ITimer? _timer;
    private Task _writing = Task.CompletedTask;
    private long _lost;
    private long _written;

    /// <summary>Whether the last write failed.</summary>
    public bool IsFailing { get; private set; }

    /// <summary>The file that is written, if any.</summary>
    public string? Path => _file?.Path;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Path.Length > 0)
        {
            _file = AuditFile.Open(System.IO.Path.Combine(environment.ContentRootPath, options.Value.Path), options.Value);
            _timer = clock.CreateTimer(static state => ((AuditLog)state!).FlushDenials(all: false), this, DenialTally.Window, DenialTally.Window);
            _writing = Task.Run(WriteAllAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        FlushDenials(all: true);
        _queue.Writer.TryComplete();
        await _writing;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        _file?.Dispose();
    }

    /// <summary>Writes a record. Of denials that repeat, the first is written at once and the others as one, a little later.</summary>
    public void Write(AuditEvent record)
    {
        if (_file is null || (record.Code is not null && !_denials.IsFirst(record)))
        {
            return;
        }

        Enqueue(record with { Time = clock.GetUtcNow() });
    }

    private void FlushDenials(bool all)
    {
        foreach (var repeated in _denials.Take(all))
        {
            Enqueue(repeated with { Time = clock.GetUtcNow() });
        }
    }

    private void Enqueue(AuditEvent record)
    {
        if (!_queue.Writer.TryWrite(record))
        {
            Interlocked.Increment(ref _lost);
            metrics.AuditLost();
        }
    }

    private async Task WriteAllAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            try
            {
                while (_queue.Reader.TryRead(out var record))
                {
                    var lost = Interlocked.Exchange(ref _lost, 0);
                    _file!.Append(record with { Lost = lost == 0 ? null : lost });
                    _written++;
                }

                _file!.Flush();
                metrics.AuditWritten(Interlocked.Exchange(ref _written, 0));
                IsFailing = false;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Interlocked.Increment(ref _lost);
                metrics.AuditLost();
                if (!IsFailing)
                {
                    IsFailing = true;
                    AuditLogLog.WriteFailed(logger, exception);
                }
            }
        }
    }
}
