namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>What the analysis of a batch found.</summary>
internal sealed record SampleFinding(int EventId, int Score, string Level, string Summary, string Reasoning);
