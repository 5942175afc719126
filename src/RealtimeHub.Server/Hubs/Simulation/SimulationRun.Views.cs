using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

// Who watches: each content is a channel of its own, made while somebody asks for it, and once more after the end for who comes late.
internal sealed partial class SimulationRun
{
    private const int MaxViews = 16;
    private const int MaxLateViews = 64;

    private readonly Dictionary<string, RunView> _views = new(StringComparer.Ordinal);
    private EndedRun? _last;
    private int _lateViews;

    /// <summary>Whether it has ended and its last field is still kept.</summary>
    public bool HasLastField => Volatile.Read(ref _last)?.HasField == true;

    /// <summary>Forgets the last field; the last numbers stay.</summary>
    public void DropLastField() => Volatile.Read(ref _last)?.DropField();

    /// <summary>Whether a content of it is, or was, told in an epoch.</summary>
    public bool Has(ViewPlan plan, string epoch)
    {
        lock (_gate)
        {
            return _views.TryGetValue(plan.Name ?? "", out var view) && _context.Channels.TryGet(view.Channel, out var channel) && channel.Log.Epoch == epoch;
        }
    }

    /// <summary>Counts one more viewer of a content.</summary>
    /// <returns>The view; null if there are too many, or nothing is kept of it.</returns>
    public RunView? Join(ViewPlan plan, out ProtocolError? refusal)
    {
        RunView? view;
        lock (_gate)
        {
            refusal = !HasEnded ? JoinLive(plan, out view) : _last is null && _record is { } record ? JoinEnded(plan, record, out view) : JoinLate(plan, out view);
            if (view is null)
            {
                return null;
            }

            view.Here++;
            if (!_isHere && !HasEnded)
            {
                view.Await();
                TellWatched(view);
            }
        }

        Wake();
        return view;
    }

    /// <summary>Counts one viewer less; true if nobody is left.</summary>
    public bool Leave(RunView view)
    {
        lock (_gate)
        {
            view.Here--;
            _lastWatched = _context.Clock.GetUtcNow();
            if (!_isHere && !HasEnded)
            {
                TellWatched(view);
            }

            // Nothing is made for it any more; whoever comes back goes on in the same channel.
            if (view.Viewers == 0 && view.Plan.Name is { } name && !HasEnded && _views.GetValueOrDefault(name) == view)
            {
                _views.Remove(name);
            }

            return _views.Values.All(v => v.Viewers == 0);
        }
    }

    // Called with the gate held.
    private ProtocolError? JoinLive(ViewPlan plan, out RunView? view)
    {
        if (_views.TryGetValue(plan.Name ?? "", out view))
        {
            return null;
        }

        if (_views.Values.Count(v => v.Viewers > 0) >= MaxViews)
        {
            return TooManyViews(MaxViews);
        }

        view = new RunView(plan, SimulationFamily.ChannelOf(Id, plan.Name)) { NeedsSnapshot = _step > 0 || !IsShared };
        _views[plan.Name ?? ""] = view;
        return null;
    }

    // Called with the gate held. What was shown while the run was at work is replayed while its channel keeps it.
    private ProtocolError? JoinLate(ViewPlan plan, out RunView? view)
    {
        var name = plan.Name ?? "";
        if (_views.TryGetValue(name, out view) && (!view.IsClosed || Keeps(view)))
        {
            return null;
        }

        var known = view;
        view = null;
        if (_last is not { } last || (plan.Encoding is not null && !last.HasField))
        {
            return ErrorCodes.RunFinished.With($"The run {Id} has ended, and its last field is not kept any more; its recipe makes it again.");
        }

        if (_lateViews >= MaxLateViews)
        {
            return TooManyViews(MaxLateViews);
        }

        _lateViews++;
        view = new RunView(plan, SimulationFamily.ChannelOf(Id, known is null ? plan.Name : $"{plan.Name ?? "run"}-{_lateViews}")) { IsLate = true };
        _views[name] = view;
        var shown = view;
        _ = Task.Run(() => ShowLateAsync(shown, last));
        return null;
    }

    // Called with the gate held.
    private bool Keeps(RunView view) => _context.Channels.TryGet(view.Channel, out var channel)
        && channel.Log.EndOffset <= channel.Log.Newest
        && channel.Log.OldestKept <= (view.BeforeNewest is { } before ? before.Offset + 1 : channel.Log.EndOffset);

    private async Task ShowLateAsync(RunView view, EndedRun last)
    {
        try
        {
            var state = Envelope(view.Plan.Kind, last.PayloadOf(view.Plan), last.BlocksOf(view.Plan), StateKey);
            var complete = Envelope(SimulationTypes.Complete, last.Complete, null, null);
            var result = await AppendAsync(new AppendRequest(view.Channel, [state, complete]) { EndsChannel = true });
            if (result.Status == AppendStatus.Done)
            {
                lock (_gate)
                {
                    view.Has(new StreamPosition(result.Epoch, result.Entries[0].Offset - 1));
                }
            }
        }
#pragma warning disable CA1031 // Who waits for the view has to be told that there is nothing to wait for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            SimulationLog.RunFailed(_context.Logger, failure, Id, _step);
        }

        view.End();
    }

    private ProtocolError TooManyViews(int limit) => ErrorCodes.RunLimit.With($"The run {Id} is watched in {limit} different ways; more are not made.") with
    {
        Details = new ErrorDetails { Limit = $"{limit} views per run" },
    };
}
