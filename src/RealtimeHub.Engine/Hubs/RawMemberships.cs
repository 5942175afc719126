using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Engine.Hubs;

/// <summary>The groups that one connection is in. Used only under its own lock.</summary>
internal sealed class RawMemberships
{
    public Dictionary<string, Cursor> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>The connection's own log and its user's, each by its name.</summary>
    public List<(RawChannels Channels, string Name, Cursor Cursor)> Fixed { get; } = [];

    public bool IsClosed { get; set; }
}
