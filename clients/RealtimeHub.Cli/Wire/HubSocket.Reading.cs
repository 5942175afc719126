using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace RealtimeHub.Cli.Wire;

internal sealed partial class HubSocket
{
    private async Task ReadAsync()
    {
        var pending = new ArrayBufferWriter<byte>(ReadBytes);
        var isFirst = true;
        try
        {
            while (true)
            {
                if (_paused is { } pause)
                {
                    await pause.Task.ConfigureAwait(false);
                }

                var read = await _socket.ReceiveAsync(pending.GetMemory(ReadBytes), _stop.Token).ConfigureAwait(false);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                pending.Advance(read.Count);
                isFirst = Split(pending, isFirst);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or JsonException)
        {
            // The end is told below, whatever brought it.
        }

        End();
    }

    private bool Split(ArrayBufferWriter<byte> pending, bool isFirst)
    {
        var text = pending.WrittenMemory;
        var start = 0;
        while (text.Span[start..].IndexOf(RecordSeparator) is >= 0 and var length)
        {
            if (!isFirst)
            {
                Handle(text.Slice(start, length));
            }

            isFirst = false;
            start += length + 1;
        }

        if (start > 0)
        {
            var rest = text[start..].ToArray();
            pending.ResetWrittenCount();
            pending.Write(rest);
        }

        return isFirst;
    }

    private void Handle(ReadOnlyMemory<byte> message)
    {
        if (_observer is not null && message.Length > TypeAt + 1 && (message.Span[TypeAt] is (byte)'1' or (byte)'2') && message.Span[TypeAt + 1] == (byte)',')
        {
            _observer(message);
            return;
        }

        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        switch (root.GetProperty("type").GetInt32())
        {
            case 1:
                var argument = root.GetProperty("arguments")[0];
                var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(argument.GetRawText())));
                Keep(new WirePush(root.GetProperty("target").GetString()!, message.Length < LargeBytes ? argument.Clone() : Small(argument), digest, _time.GetTimestamp()));
                break;
            case 2:
                Stream(root)?.Writer.TryWrite(root.GetProperty("item").Clone());
                break;
            case 3:
                Complete(root);
                break;
            case 7:
                _ = CloseAsync();
                break;
        }
    }

    // What many large frames say is not kept, only where they stand.
    private static JsonElement Small(JsonElement argument)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var member in argument.EnumerateObject().Where(m => m.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private async Task CloseAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed from the other side.
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
        var error = message.TryGetProperty("error", out var text) ? new WireException(text.GetString()!) : null;
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
            call?.TrySetResult(message.TryGetProperty("result", out var result) ? result.Clone() : default);
        }
    }

    private void Keep(WirePush push)
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
        Keep(new WirePush(WirePush.Closed, default, "", _time.GetTimestamp()));
        lock (_gate)
        {
            foreach (var call in _calls.Values)
            {
                call.TrySetException(new WireException("The connection ended before the answer came."));
            }

            foreach (var stream in _streams.Values)
            {
                stream.Writer.TryComplete(new WireException("The connection ended before the stream did."));
            }
        }
    }
}
