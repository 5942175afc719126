using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Provenance;

/// <summary>The lineage of what was delivered, bounded: the newest activities and sessions. Thread-safe.</summary>
internal sealed class ProvenanceStore(IOptions<ProvenanceOptions> options, TimeProvider time)
{
    private readonly RecentRecords<ActivityRecord> _activities = new(options.Value.MaxActivities);
    private readonly RecentRecords<ActivityRecord> _byDecision = new(options.Value.MaxActivities);
    private readonly RecentRecords<RefusalRecord> _refusals = new(options.Value.MaxActivities);
    private readonly RecentRecords<SessionActivity> _sessions = new(options.Value.MaxSessions);

    public int Count => _activities.Count;

    /// <summary>Keeps the record of an activity.</summary>
    /// <returns>The record that is kept: an earlier one with the same URN stays, because equal content has an equal name.</returns>
    public ActivityRecord Record(ActivityRecord activity)
    {
        _byDecision.GetOrAdd(activity.Subject.Decision.DecisionId, activity);
        return _activities.GetOrAdd(activity.Id, activity);
    }

    /// <summary>Keeps a decision that refused something.</summary>
    public void RecordRefusal(CareRequest request, CareDecision decision)
    {
        var now = time.GetUtcNow();
        _refusals.GetOrAdd(RefusalKey(decision.DecisionId, request.Principal.Id), new RefusalRecord(decision, request.Kind, request.Principal.Id, now)).Count(now);
    }

    /// <summary>A decision that refused this principal something.</summary>
    public bool TryGetRefusal(string decision, string principal, [NotNullWhen(true)] out RefusalRecord? refusal) =>
        _refusals.TryGet(RefusalKey(decision, principal), out refusal);

    /// <summary>An activity that a decision led to.</summary>
    public bool TryGetDecision(string decision, [NotNullWhen(true)] out ActivityRecord? record) => _byDecision.TryGet(decision, out record);

    public bool TryGet(string activity, [NotNullWhen(true)] out ActivityRecord? record) => _activities.TryGet(activity, out record);

    /// <summary>Begins the record of a session: the activity whose parts are everything it was given.</summary>
    /// <param name="id">Unique and not to be guessed.</param>
    /// <param name="principal">Whose session it is; nobody else reads of it.</param>
    public SessionActivity BeginSession(string id, string principal) =>
        _sessions.GetOrAdd(ProvenanceUrns.Session(id), new SessionActivity(ProvenanceUrns.Session(id), principal, time));

    public bool TryGetSession(string activity, [NotNullWhen(true)] out SessionActivity? session) => _sessions.TryGet(activity, out session);

    /// <summary>The newest sessions of a principal, the newest first.</summary>
    public IReadOnlyList<SessionActivity> SessionsOf(string principal, int count) => _sessions.Newest(count, s => s.Principal == principal);

    // The same decision is taken on everybody of one class; each learns of its own refusals alone.
    private static string RefusalKey(string decision, string principal) => $"{decision}\n{principal}";
}
