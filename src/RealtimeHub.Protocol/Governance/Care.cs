namespace RealtimeHub.Protocol.Governance;

/// <summary>What the policy did to the content of a frame, for whoever uses it.</summary>
/// <remarks>Immutable. The members are never null; masking and scope are never empty.</remarks>
public sealed record Care
{
    /// <summary>States what was done.</summary>
    /// <param name="masking">One of <see cref="CareMaskings"/>.</param>
    /// <param name="scope">One of <see cref="CareScopes"/>.</param>
    /// <param name="notes">The rules that decided, and whatever else a reader has to know, as sentences.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public Care(string masking, string scope, IReadOnlyList<string> notes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(masking);
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        Masking = masking;
        Scope = scope;
        Notes = GovernanceText.RequireAll(notes, nameof(notes));
    }

    /// <summary>How values were masked.</summary>
    public string Masking { get; }

    /// <summary>For whom the content is.</summary>
    public string Scope { get; }

    /// <summary>Sentences; the rule that decided comes first. Empty when no rule applied.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The same with more notes behind the ones it has.</summary>
    public Care WithNotes(params IReadOnlyList<string> more) => new(Masking, Scope, [.. Notes, .. more]);
}
