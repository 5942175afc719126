using System.Text.Json;

namespace RealtimeHub.Testing;

/// <summary>One message that a hub pushed; <c>Closed</c> at the end of the connection.</summary>
/// <param name="Target">The client method.</param>
/// <param name="Argument">Its argument.</param>
public sealed record HubPush(string Target, JsonElement Argument)
{
    /// <summary>The sequence of a frame or a notice.</summary>
    public long Sequence => this["sequence"].GetInt64();

    /// <summary>A member of the argument.</summary>
    public JsonElement this[string member] => Argument.GetProperty(member);

    public override string ToString() => $"{Target} {Argument}";
}
