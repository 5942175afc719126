namespace RealtimeHub.Protocol.Errors;

/// <summary>What is wrong with one member of a request.</summary>
/// <param name="Field">The member, as a path (<c>data.risk_score</c>, <c>events[2]</c>).</param>
/// <param name="Message">A sentence that says what was expected.</param>
/// <param name="Value">The offending value, cut to 100 characters; absent when the member is missing.</param>
/// <param name="Bound">The bound or the set of values that it violates.</param>
public sealed record FieldError(string Field, string Message, string? Value = null, string? Bound = null)
{
    /// <summary>The most of a value that an error repeats, in characters.</summary>
    public const int MaxValueLength = 100;

    /// <summary>Cuts a value to what an error may repeat.</summary>
    public static string Preview(string value) => value.Length <= MaxValueLength ? value : value[..MaxValueLength] + "…";
}
