using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using RealtimeHub.Testing.Contract;

namespace RealtimeHub.Testing;

/// <content>What comes from the server.</content>
public sealed partial class HubProbe
{
    private const byte RecordSeparator = 0x1e;

    private async Task ReadAsync()
    {
        var pending = new ArrayBufferWriter<byte>();
        var isFirst = true;
        try
        {
            while (true)
            {
                if (Volatile.Read(ref _paused) is { } paused)
                {
                    await paused.Task;
                }

                var read = await _socket.ReceiveAsync(pending.GetMemory(16_384), _stop.Token);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                pending.Advance(read.Count);
                isFirst = Split(pending, isFirst);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The end of the connection is one of the things that are tested.
        }

        End();
    }

    // The handshake's answer is text in every protocol.
    private bool Split(ArrayBufferWriter<byte> pending, bool isFirst)
    {
        var text = pending.WrittenMemory;
        if (_isMessagePack && !isFirst)
        {
            SplitMessagePack(ref text);
        }

        while ((isFirst || !_isMessagePack) && text.Span.IndexOf(RecordSeparator) is >= 0 and var end)
        {
            if (!isFirst)
            {
                Handle(JsonDocument.Parse(text[..end].ToArray()).RootElement);
            }

            isFirst = false;
            text = text[(end + 1)..];
            if (_isMessagePack)
            {
                SplitMessagePack(ref text);
            }
        }

        var rest = text.ToArray();
        pending.ResetWrittenCount();
        pending.Write(rest);
        return isFirst;
    }

    private void SplitMessagePack(ref ReadOnlyMemory<byte> pending)
    {
        var input = new ReadOnlySequence<byte>(pending);
        while (HubMessageText.TryCut(ref input, out var parts))
        {
            Handle(HubMessageText.ToJson(parts));
        }

        pending = pending[^(int)input.Length..];
    }

    private void Handle(JsonElement root)
    {
        Validate(root);
        switch (root.GetProperty("type").GetInt32())
        {
            case 1:
                var invocationId = root.TryGetProperty("invocationId", out var id) ? id.GetString() : null;
                Keep(new HubPush(root.GetProperty("target").GetString()!, root.GetProperty("arguments")[0], invocationId));
                break;
            case 2:
                Stream(root)?.Writer.TryWrite(root.GetProperty("item"));
                break;
            case 3:
                Complete(root);
                break;
            case 7:
                Keep(new HubPush("Close", root));
                _ = _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token);
                break;
        }
    }

    private void Validate(JsonElement message)
    {
        var errors = message.GetProperty("type").GetInt32() switch
        {
            1 => WireSchema.Push(_path, message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]),
            2 => WireSchema.Answer(_path, MethodOf(message), message.GetProperty("item"), isItem: true),
            3 when message.TryGetProperty("result", out var result) => WireSchema.Answer(_path, MethodOf(message), result, isItem: false),
            _ => [],
        };
        lock (_gate)
        {
            _misfits.AddRange(errors);
        }
    }

    private string MethodOf(JsonElement message)
    {
        lock (_gate)
        {
            return _methods.GetValueOrDefault(message.GetProperty("invocationId").GetString()!, "");
        }
    }

    private Channel<JsonElement>? Stream(JsonElement message)
    {
        lock (_gate)
        {
            return _streams.GetValueOrDefault(message.GetProperty("invocationId").GetString()!);
        }
    }

    private void Complete(JsonElement message)
    {
        var error = message.TryGetProperty("error", out var text) ? new InvalidOperationException(text.GetString()) : null;
        Stream(message)?.Writer.TryComplete(error);
        TaskCompletionSource<JsonElement>? call;
        lock (_gate)
        {
            _calls.Remove(message.GetProperty("invocationId").GetString()!, out call);
        }

        if (error is not null)
        {
            call?.TrySetException(error);
        }
        else
        {
            call?.TrySetResult(message.TryGetProperty("result", out var result) ? result : default);
        }
    }

    private void Keep(HubPush push)
    {
        TaskCompletionSource arrived;
        lock (_gate)
        {
            _pushes.Add(push);
            (arrived, _arrived) = (_arrived, NewSignal());
        }

        arrived.TrySetResult();
    }

    private void End()
    {
        Keep(new HubPush("Closed", default));
        lock (_gate)
        {
            foreach (var call in _calls.Values)
            {
                call.TrySetException(new IOException("The connection ended before the answer came."));
            }

            foreach (var stream in _streams.Values)
            {
                stream.Writer.TryComplete(new IOException("The connection ended before the stream did."));
            }
        }
    }
}
