using System.Diagnostics.CodeAnalysis;

namespace RealtimeHub.Engine.Presence;

/// <summary>Who is in which channel. One person with several connections is one person; a person who was cut off stays for a grace time.</summary>
/// <remarks>
/// Thread-safe, and calls nobody: what has changed is collected per channel until <see cref="TryTakeChange"/> takes it, so a
/// crowd that comes at once is one change. Holds what is connected, and what was within the grace.
/// </remarks>
public sealed class PresenceTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Roster> _rosters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly TimeSpan _grace;
    private readonly string _refPrefix;
    private long _lastRef;

    /// <summary>Starts empty.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="grace">How long a person who was cut off stays.</param>
    /// <param name="refPrefix">What refs begin with, so that those of several nodes differ. Default nothing.</param>
    public PresenceTable(TimeProvider clock, TimeSpan grace, string refPrefix = "")
    {
        _refPrefix = refPrefix;
        _clock = clock;
        _grace = grace;
    }

    /// <summary>Brings a connection into a channel. A second time changes what it shows.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="userId">Whose it is.</param>
    /// <param name="metadata">What it shows.</param>
    /// <param name="reference">Its ref, where another node has given it one.</param>
    /// <param name="since">Since when its person is there, where another node knows. Default now.</param>
    /// <returns>Its ref, and since when its person is there.</returns>
    public (string Ref, DateTimeOffset Since) Join(
        string channel, string connectionId, string userId, IReadOnlyDictionary<string, string>? metadata, string? reference = null, DateTimeOffset? since = null)
    {
        lock (_gate)
        {
            if (!_rosters.TryGetValue(channel, out var roster))
            {
                _rosters.Add(channel, roster = new Roster());
            }

            if (!roster.People.TryGetValue(userId, out var person))
            {
                roster.People.Add(userId, person = new Person(userId, since ?? _clock.GetUtcNow()));
                roster.Leaves.Remove(userId);
                roster.Joins.Add(userId);
                _changed.Add(channel);
            }

            person.LeavesAt = null;
            roster.UserOf[connectionId] = userId;
            reference ??= $"{_refPrefix}{++_lastRef:x}";
            person.Connections[connectionId] = new PresentConnection(reference, metadata);
            return (reference, person.JoinedAt);
        }
    }

    /// <summary>Takes a connection out of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="isAbrupt">Whether it was cut off, so that its person may come back within the grace.</param>
    public void Leave(string channel, string connectionId, bool isAbrupt)
    {
        lock (_gate)
        {
            if (_rosters.TryGetValue(channel, out var roster))
            {
                Leave(channel, roster, connectionId, isAbrupt);
            }
        }
    }

    /// <summary>Everyone in a channel, in the order of their coming.</summary>
    public IReadOnlyList<PresentPerson> In(string channel)
    {
        lock (_gate)
        {
            return _rosters.TryGetValue(channel, out var roster)
                ? [.. roster.People.Values.OrderBy(p => p.JoinedAt).ThenBy(p => p.UserId, StringComparer.Ordinal).Select(p => p.Snapshot())]
                : [];
        }
    }

    /// <summary>How many people are in a channel.</summary>
    public int Count(string channel)
    {
        lock (_gate)
        {
            return _rosters.TryGetValue(channel, out var roster) ? roster.People.Count : 0;
        }
    }

    /// <summary>Lets everyone go whose grace is over.</summary>
    public void EndGraces()
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            foreach (var (channel, roster) in _rosters.ToList())
            {
                foreach (var person in roster.People.Values.Where(p => p.LeavesAt <= now).ToList())
                {
                    Go(channel, roster, person);
                }
            }
        }
    }

    /// <summary>Takes what has changed in one channel since it was last taken.</summary>
    public bool TryTakeChange([NotNullWhen(true)] out PresenceChange? change)
    {
        lock (_gate)
        {
            foreach (var channel in _changed)
            {
                _changed.Remove(channel);
                var roster = _rosters[channel];
                change = new PresenceChange(
                    channel,
                    roster.People.Count,
                    [.. roster.Joins.Where(roster.People.ContainsKey).Select(u => roster.People[u].Snapshot())],
                    [.. roster.Leaves]);
                roster.Joins.Clear();
                roster.Leaves.Clear();
                if (roster.People.Count == 0)
                {
                    _rosters.Remove(channel);
                }

                return true;
            }

            change = null;
            return false;
        }
    }

    private void Leave(string channel, Roster roster, string connectionId, bool isAbrupt)
    {
        if (!roster.UserOf.Remove(connectionId, out var userId) || !roster.People.TryGetValue(userId, out var person)
            || !person.Connections.Remove(connectionId) || person.Connections.Count > 0)
        {
            return;
        }

        if (isAbrupt)
        {
            person.LeavesAt = _clock.GetUtcNow() + _grace;
        }
        else
        {
            Go(channel, roster, person);
        }
    }

    // Who came and went before anybody was told was never there.
    private void Go(string channel, Roster roster, Person person)
    {
        roster.People.Remove(person.UserId);
        if (!roster.Joins.Remove(person.UserId))
        {
            roster.Leaves.Add(person.UserId);
        }

        _changed.Add(channel);
    }

    private sealed class Roster
    {
        public Dictionary<string, Person> People { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> UserOf { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Joins { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Leaves { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Person(string userId, DateTimeOffset joinedAt)
    {
        public string UserId { get; } = userId;

        public DateTimeOffset JoinedAt { get; } = joinedAt;

        public Dictionary<string, PresentConnection> Connections { get; } = new(StringComparer.Ordinal);

        public DateTimeOffset? LeavesAt { get; set; }

        public PresentPerson Snapshot() => new(UserId, JoinedAt, [.. Connections.Values]);
    }
}
