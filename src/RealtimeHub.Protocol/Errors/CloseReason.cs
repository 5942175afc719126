namespace RealtimeHub.Protocol.Errors;

/// <summary>One row of the table of close reasons: why a connection ends, and whether to come back.</summary>
/// <param name="Code">The code that <c>Control</c> carries, UPPER_SNAKE.</param>
/// <param name="Reconnect">Whether the client should connect again.</param>
/// <param name="Number">The number of the same advice in channel servers with numeric codes: 3000–3499 reconnect, 3500 and above do not.</param>
/// <param name="Meaning">What it says, in one sentence.</param>
public sealed record CloseReason(string Code, bool Reconnect, int Number, string Meaning)
{
    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
