namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>A source that is no longer what a recipe says: gone, or with other data.</summary>
internal sealed class SourceChangedException(string message) : IOException(message);
