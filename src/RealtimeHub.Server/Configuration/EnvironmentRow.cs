namespace RealtimeHub.Server.Configuration;

/// <summary>One row of the table of environment variables.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Bound">What it may be.</param>
/// <param name="TryApply">Puts a value into settings of ours; false if it cannot be one.</param>
internal sealed record EnvironmentRow(string Name, string Bound, Func<string, Dictionary<string, string?>, bool> TryApply)
{
    /// <summary>Whether its value is not to be repeated.</summary>
    public bool IsSecret => Name.Contains("KEY", StringComparison.Ordinal) && !Bound.StartsWith("true", StringComparison.Ordinal) || Name.Contains("TOKEN", StringComparison.Ordinal) || Name.EndsWith("_URL", StringComparison.Ordinal);
}
