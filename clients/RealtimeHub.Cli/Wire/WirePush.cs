using System.Text.Json;

namespace RealtimeHub.Cli.Wire;

/// <summary>One push, as it came: its name, its place in the log, and what else counts for accounting.</summary>
/// <param name="Target">The method that the server called on the client.</param>
/// <param name="Argument">Its argument; of large ones only the small members.</param>
/// <param name="Digest">The hash of the argument's text, to compare what comes again.</param>
/// <param name="At">When it came, as a timestamp of the clock.</param>
internal sealed record WirePush(string Target, JsonElement Argument, string Digest, long At)
{
    public const string Closed = "(closed)";

    public long Sequence => Number("sequence");

    public string? Text(string member) => Argument.ValueKind == JsonValueKind.Object && Argument.TryGetProperty(member, out var value) ? value.ToString() : null;

    public long Number(string member) =>
        Argument.ValueKind == JsonValueKind.Object && Argument.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;

    public bool Flag(string member) => Argument.ValueKind == JsonValueKind.Object && Argument.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;
}
