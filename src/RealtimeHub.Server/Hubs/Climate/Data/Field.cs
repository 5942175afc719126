namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>The values of one variable at one time.</summary>
/// <remarks>
/// Time: when they are valid; null for a static variable.
/// Levels: the levels that are there, from the ground up; empty for a field on one surface.
/// Grid: the points of one level.
/// Values: by level, then by row from south to north, then by column from west to east; NaN is missing. The caller's own.
/// Digest: the digest of the dataset that they were read from.
/// </remarks>
internal sealed record Field(
    FieldVariable Variable,
    DateTimeOffset? Time,
    IReadOnlyList<double> Levels,
    FieldGrid Grid,
    float[] Values,
    string Digest);
