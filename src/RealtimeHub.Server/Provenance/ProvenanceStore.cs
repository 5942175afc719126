using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Provenance;

/// <summary>The lineage of what was delivered, bounded: the newest activities and sessions. Thread-safe.</summary>
internal sealed class ProvenanceStore(IOptions<ProvenanceOptions> options, TimeProvider time)
{
    private readonly RecentRecords<ActivityRecord> _activities = new(options.Value.MaxActivities);
    private readonly RecentRecords<ActivityRecord> _byDecision = new(options.Value.MaxActivities);
    private readonly RecentRecords<SessionActivity> _sessions = new(options.Value.MaxSessions);

    public int Count => _activities.Count;

    /// <summary>Keeps the record of an activity.</summary>
    /// <returns>The record that is kept: an earlier one with the same URN stays, because equal content has an equal name.</returns>
    public ActivityRecord Record(ActivityRecord activity)
    {
        _byDecision.GetOrAdd(activity.Subject.Decision.DecisionId, activity);
        return _activities.GetOrAdd(activity.Id, activity);
    }

    /// <summary>An activity that a decision led to.</summary>
    public bool TryGetDecision(string decision, [NotNullWhen(true)] out ActivityRecord? record) => _byDecision.TryGet(decision, out record);

    public bool TryGet(string activity, [NotNullWhen(true)] out ActivityRecord? record) => _activities.TryGet(activity, out record);

    /// <summary>Begins the record of a session: the activity whose parts are everything it was given.</summary>
    /// <param name="id">Unique and not to be guessed.</param>
    /// <param name="principal">Whose session it is; nobody else reads of it.</param>
    public SessionActivity BeginSession(string id, string principal) =>
        _sessions.GetOrAdd(ProvenanceUrns.Session(id), new SessionActivity(ProvenanceUrns.Session(id), principal, time));

    public bool TryGetSession(string activity, [NotNullWhen(true)] out SessionActivity? session) => _sessions.TryGet(activity, out session);
}
