namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>Risk scores 0 to 100 in four bands.</summary>
internal static class SeverityBands
{
    public const string Low = "low";
    public const string Medium = "medium";
    public const string High = "high";
    public const string Critical = "critical";

    public const int MaxScore = 100;

    private static readonly (int Max, string Level)[] Bands = [(29, Low), (59, Medium), (84, High), (MaxScore, Critical)];

    /// <summary>Every level, mildest first.</summary>
    public static IReadOnlyList<string> Levels { get; } = Array.ConvertAll(Bands, band => band.Level);

    /// <summary>The level of a score; nothing for a number that is no score.</summary>
    public static string? LevelOf(double score)
    {
        if (!(score >= 0))
        {
            return null;
        }

        foreach (var (max, level) in Bands)
        {
            // A score between two whole numbers belongs to the band that it has not left.
            if (Math.Floor(score) <= max && score <= MaxScore)
            {
                return level;
            }
        }

        return null;
    }
}
