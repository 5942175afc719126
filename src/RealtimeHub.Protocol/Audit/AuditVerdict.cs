namespace RealtimeHub.Protocol.Audit;

/// <summary>What checking audit files has shown.</summary>
/// <param name="Intact">Whether every record is as it was written, and none is missing between them.</param>
/// <param name="Records">How many records fit.</param>
/// <param name="First">The number of the first record; above 1, earlier files are gone.</param>
/// <param name="Last">The number of the last record that fits.</param>
/// <param name="LastHash">Its hash; note it elsewhere, and a cut-off end shows.</param>
/// <param name="File">The file with the first problem.</param>
/// <param name="Line">Its line.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record AuditVerdict(bool Intact, long Records, long? First, long Last, string LastHash, string? File, int? Line, string? Problem);
