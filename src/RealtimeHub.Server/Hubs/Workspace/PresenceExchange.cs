using System.Threading.Channels;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Engine.Presence;
using RealtimeHub.Protocol.Channels;
using Channel = System.Threading.Channels.Channel;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>Keeps the presence table of this node in step with those of the others. Thread-safe.</summary>
/// <remarks>
/// Every node holds everybody, under <c>node/connection</c>, and tells its own clients. A node that is gone takes its people along, as if each had been
/// cut off; when it is heard again it is asked for its roster, which is also told after anything could not be.
/// </remarks>
internal sealed class PresenceExchange
{
    private const string Log = "presence";
    private const string Join = "join";
    private const string Leave = "leave";
    private const string Roster = "roster";
    private const string Hello = "hello";
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Channel, string Connection), PresentHere> _mine = [];
    private readonly Dictionary<string, HashSet<(string Channel, string Connection)>> _theirs = new(StringComparer.Ordinal);
    private readonly Channel<PresenceEntry> _waiting = Channel.CreateBounded<PresenceEntry>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly PresenceTable _table;
    private readonly NodeLogs _logs;
    private readonly NodeDirectory _nodes;
    private readonly TimeProvider _clock;
    private readonly Action _wake;
    private bool _isRosterDue;

    public PresenceExchange(PresenceTable table, NodeLogs logs, NodeDirectory nodes, TimeProvider clock, Action wake) =>
        (_table, _logs, _nodes, _clock, _wake) = (table, logs, nodes, clock, wake);

    /// <summary>Tells that a connection of this node has come.</summary>
    public void Came(string channel, string connection, string user, string reference, DateTimeOffset since, IReadOnlyDictionary<string, string>? metadata)
    {
        if (!_logs.AreShared)
        {
            return;
        }

        var here = new PresentHere(channel, connection, user, reference, since, metadata);
        lock (_gate)
        {
            _mine[(channel, connection)] = here;
            Enqueue(new PresenceEntry(_logs.Node, Join) { Here = here });
        }
    }

    /// <summary>Tells that a connection of this node has left.</summary>
    public void Left(string channel, string connection, bool isAbrupt)
    {
        if (!_logs.AreShared)
        {
            return;
        }

        lock (_gate)
        {
            if (_mine.Remove((channel, connection), out var here))
            {
                Enqueue(new PresenceEntry(_logs.Node, Leave) { Here = here, IsAbrupt = isAbrupt });
            }
        }
    }

    /// <summary>Tells and hears until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        _nodes.Gone += Forget;
        _nodes.Came += Greet;
        try
        {
            await Task.WhenAll(
                _logs.HearAsync(Log, StartPoint.Live, HeardAsync, () => { Greet(""); return ValueTask.CompletedTask; }, null, stopping),
                TellAsync(stopping));
        }
        finally
        {
            _nodes.Gone -= Forget;
            _nodes.Came -= Greet;
        }
    }

    private static string KeyOf(PresenceEntry entry, PresentHere here) => $"{entry.Node}/{here.Connection}";

    private void Greet(string _)
    {
        lock (_gate)
        {
            Enqueue(new PresenceEntry(_logs.Node, Hello));
            _isRosterDue = true;
        }
    }

    // Called with the gate held, so that entries wait in the order of what they tell.
    private void Enqueue(PresenceEntry entry)
    {
        if (!_waiting.Writer.TryWrite(entry))
        {
            _isRosterDue = true;
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        Greet("");
        while (true)
        {
            while (_waiting.Reader.TryRead(out var entry))
            {
                await TryTellAsync(entry, stopping);
            }

            if (TakeRoster() is { } roster)
            {
                await TryTellAsync(roster, stopping);
                continue;
            }

            await _waiting.Reader.WaitToReadAsync(stopping);
        }
    }

    private PresenceEntry? TakeRoster()
    {
        lock (_gate)
        {
            if (!_isRosterDue)
            {
                return null;
            }

            _isRosterDue = false;
            return new PresenceEntry(_logs.Node, Roster) { Roster = [.. _mine.Values] };
        }
    }

    private async Task TryTellAsync(PresenceEntry entry, CancellationToken stopping)
    {
        try
        {
            await _logs.TellAsync(Log, entry, PresenceJsonContext.Default.PresenceEntry, stopping);
        }
        catch (ChannelStoreUnavailableException)
        {
            // Who comes and goes meanwhile is told in one when the store is back.
            lock (_gate)
            {
                _isRosterDue = true;
            }

            await Task.Delay(Again, _clock, stopping);
        }
    }

    private ValueTask HeardAsync(JsonPayload payload)
    {
        var entry = payload.To(PresenceJsonContext.Default.PresenceEntry)!;
        if (entry.Node == _logs.Node)
        {
            return ValueTask.CompletedTask;
        }

        switch (entry.Kind)
        {
            case Join:
                Take(entry, entry.Here!);
                break;
            case Leave:
                Drop(entry.Node, entry.Here!.Channel, KeyOf(entry, entry.Here), entry.IsAbrupt);
                break;
            case Roster:
                TakeRoster(entry);
                break;
            case Hello:
                lock (_gate)
                {
                    Enqueue(new PresenceEntry(_logs.Node, Roster) { Roster = [.. _mine.Values] });
                }

                break;
        }

        _wake();
        return ValueTask.CompletedTask;
    }

    private void Take(PresenceEntry entry, PresentHere here)
    {
        lock (_gate)
        {
            if (!_theirs.TryGetValue(entry.Node, out var people))
            {
                _theirs.Add(entry.Node, people = []);
            }

            people.Add((here.Channel, KeyOf(entry, here)));
            _table.Join(here.Channel, KeyOf(entry, here), here.User, here.Metadata, here.Ref, here.Since);
        }
    }

    private void Drop(string node, string channel, string key, bool isAbrupt)
    {
        lock (_gate)
        {
            if (_theirs.TryGetValue(node, out var people) && people.Remove((channel, key)))
            {
                _table.Leave(channel, key, isAbrupt);
            }
        }
    }

    private void TakeRoster(PresenceEntry entry)
    {
        var now = entry.Roster!.Select(h => (h.Channel, KeyOf(entry, h))).ToHashSet();
        foreach (var (channel, key) in PeopleOf(entry.Node).Where(p => !now.Contains(p)))
        {
            Drop(entry.Node, channel, key, isAbrupt: true);
        }

        foreach (var here in entry.Roster!)
        {
            Take(entry, here);
        }
    }

    private void Forget(string node)
    {
        foreach (var (channel, key) in PeopleOf(node))
        {
            Drop(node, channel, key, isAbrupt: true);
        }

        _wake();
    }

    private List<(string Channel, string Key)> PeopleOf(string node)
    {
        lock (_gate)
        {
            return _theirs.TryGetValue(node, out var people) ? [.. people] : [];
        }
    }
}
