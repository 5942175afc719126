namespace RealtimeHub.Cli.Recording;

/// <summary>The first line of a recording.</summary>
/// <param name="Recording">The version of the format.</param>
/// <param name="Channel">What was recorded.</param>
/// <param name="Server">Where.</param>
/// <param name="StartedAt">When, UTC.</param>
internal sealed record RecordingHeader(int Recording, string Channel, string Server, DateTimeOffset StartedAt);
