namespace RealtimeHub.Benchmarks.Sharing;

/// <summary>How fast messages went.</summary>
/// <param name="PerSecond">Messages per second, each to every node.</param>
/// <param name="RedisMicroseconds">Processor time of Redis per message.</param>
internal readonly record struct RoadRate(double PerSecond, double RedisMicroseconds);
