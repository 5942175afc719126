using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace RealtimeHub.Engine.Transport;

/// <summary>What SignalR writes its own messages to: each flush is one WebSocket message, in turn with the pump's.</summary>
/// <remarks>Used under SignalR's write lock. It holds memory only between a write and its flush.</remarks>
internal sealed class DirectOutput(PipeWriter inner, SharedUpgrade upgrade, IFeatureCollection features) : PipeWriter
{
    private ArrayBufferWriter<byte>? _pending;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _pending?.WrittenCount ?? 0;

    private bool IsBinary => features.Get<ITransferFormatFeature>()?.ActiveFormat == TransferFormat.Binary;

    public override Memory<byte> GetMemory(int sizeHint = 0) => (_pending ??= new ArrayBufferWriter<byte>()).GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => (_pending ??= new ArrayBufferWriter<byte>()).GetSpan(sizeHint);

    public override void Advance(int bytes) => _pending!.Advance(bytes);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var pending = _pending;
        _pending = null;
        return pending is null ? default : SendAsync(pending.WrittenMemory, cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (_pending is null)
        {
            return SendAsync(source, cancellationToken);
        }

        _pending.Write(source.Span);
        return FlushAsync(cancellationToken);
    }

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    private async ValueTask<FlushResult> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        // Who is refused before the connection is upgraded hears it the long way.
        if (upgrade.Output is not { } output)
        {
            return await inner.WriteAsync(message, cancellationToken);
        }

        await output.BeginAsync(cancellationToken);
        if (output.IsClosed)
        {
            await output.EndAsync();
            return new FlushResult(isCanceled: false, isCompleted: true);
        }

        output.AppendMessage(message.Span, IsBinary);
        await output.EndAsync();
        return default;
    }
}
