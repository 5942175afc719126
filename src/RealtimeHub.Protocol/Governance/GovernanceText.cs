namespace RealtimeHub.Protocol.Governance;

internal static class GovernanceText
{
    public static IReadOnlyList<string> RequireAll(IReadOnlyList<string> texts, string name)
    {
        ArgumentNullException.ThrowIfNull(texts, name);
        foreach (var text in texts)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        }

        return texts;
    }

    public static IReadOnlyList<string> RequireSome(IReadOnlyList<string> texts, string name)
    {
        ArgumentNullException.ThrowIfNull(texts, name);
        ArgumentOutOfRangeException.ThrowIfZero(texts.Count, name);
        return RequireAll(texts, name);
    }
}
