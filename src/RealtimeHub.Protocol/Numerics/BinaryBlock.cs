using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Numerics;

/// <summary>Bytes on the wire: base64 in JSON, binary in a binary protocol. The base64 text is made once, for whoever needs it first.</summary>
/// <remarks>Thread-safe. The bytes must not be changed once they are handed in.</remarks>
[JsonConverter(typeof(BinaryBlockConverter))]
public sealed class BinaryBlock
{
    private readonly Lazy<JsonEncodedText> _base64;

    /// <summary>Takes over bytes.</summary>
    public BinaryBlock(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        _base64 = new Lazy<JsonEncodedText>(() => JsonEncodedText.Encode(Convert.ToBase64String(Bytes.Span), JavaScriptEncoder.UnsafeRelaxedJsonEscaping));
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The base64 text, ready to be written into JSON.</summary>
    internal JsonEncodedText Base64 => _base64.Value;
}
