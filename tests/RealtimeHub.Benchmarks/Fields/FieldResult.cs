namespace RealtimeHub.Benchmarks.Fields;

/// <summary>What one item of one reader cost.</summary>
/// <param name="CpuMicroseconds">Processor time of the server.</param>
/// <param name="Bytes">Bytes on the way.</param>
internal sealed record FieldResult(double CpuMicroseconds, double Bytes);
