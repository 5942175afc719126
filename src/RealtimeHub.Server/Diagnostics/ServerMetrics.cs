using System.Diagnostics;
using System.Diagnostics.Metrics;
using RealtimeHub.Engine;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>What the server counts beside the engine; and the source of its traces. Thread-safe. Tags have few values, none of them a client's own text.</summary>
internal sealed class ServerMetrics
{
    private static readonly InstrumentAdvice<double> LongBuckets = new()
    {
        HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400],
    };

    private readonly Counter<long> _authentications;
    private readonly Counter<long> _refusedConnects;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _closed;
    private readonly Histogram<double> _connectionDuration;
    private readonly Histogram<double> _streamDuration;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _subscribes;
    private readonly Counter<long> _recoveries;
    private readonly Counter<long> _faults;
    private readonly Counter<long> _timeouts;
    private readonly Counter<long> _auditWritten;
    private readonly Counter<long> _auditLost;

    public ServerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(EngineMetrics.MeterName);
        _authentications = meter.CreateCounter<long>("realtimehub.authentications", "{attempt}", "Credentials checked, by scheme and outcome.");
        _refusedConnects = meter.CreateCounter<long>("realtimehub.connects.refused", "{attempt}", "Requests refused before a hub, by code.");
        _opened = meter.CreateCounter<long>("realtimehub.connections.opened", "{connection}", "Hub connections opened.");
        _closed = meter.CreateCounter<long>("realtimehub.connections.closed", "{connection}", "Hub connections ended, by reason.");
        _connectionDuration = meter.CreateHistogram("realtimehub.connection.duration", "s", "How long hub connections lived.", null, LongBuckets);
        _streamDuration = meter.CreateHistogram("realtimehub.stream.duration", "s", "How long streams lived.", null, LongBuckets);
        _calls = meter.CreateCounter<long>("realtimehub.calls", "{call}", "Hub calls, by outcome.");
        _subscribes = meter.CreateCounter<long>("realtimehub.subscribes", "{subscription}", "Attempts to subscribe, by outcome.");
        _recoveries = meter.CreateCounter<long>("realtimehub.recoveries", "{subscription}", "Attempts to resume, by outcome.");
        _faults = meter.CreateCounter<long>("realtimehub.faults", "{fault}", "Refused calls, unknown methods and bad frames.");
        _timeouts = meter.CreateCounter<long>("realtimehub.heartbeat.timeouts", "{connection}", "Clients that sent nothing for too long.");
        _auditWritten = meter.CreateCounter<long>("realtimehub.audit.records", "{record}", "Audit records written.");
        _auditLost = meter.CreateCounter<long>("realtimehub.audit.lost", "{record}", "Audit records lost.");
    }

    /// <summary>The source of traces.</summary>
    public static ActivitySource Traces { get; } = new(EngineMetrics.MeterName);

    public void Authenticated(string scheme, string outcome) => _authentications.Add(1, new("scheme", scheme), new("outcome", outcome));

    public void ConnectionRefused(string code) => _refusedConnects.Add(1, new KeyValuePair<string, object?>("code", code));

    public void ConnectionOpened(string hub) => _opened.Add(1, new KeyValuePair<string, object?>("hub", hub));

    public void ConnectionClosed(string hub, string reason, TimeSpan duration)
    {
        _closed.Add(1, new("hub", hub), new("reason", reason));
        _connectionDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("hub", hub));
    }

    public void StreamEnded(string hub, string reason, TimeSpan duration) => _streamDuration.Record(duration.TotalSeconds, new("hub", hub), new("reason", reason));

    public void Called(string hub, string method, string outcome) => _calls.Add(1, new("hub", hub), new("method", method), new("outcome", outcome));

    public void Subscribed(string hub, string outcome) => _subscribes.Add(1, new("hub", hub), new("outcome", outcome));

    public void Recovered(string hub, string outcome) => _recoveries.Add(1, new("hub", hub), new("outcome", outcome));

    public void Fault(string what) => _faults.Add(1, new KeyValuePair<string, object?>("what", what));

    public void TimedOut(string hub) => _timeouts.Add(1, new KeyValuePair<string, object?>("hub", hub));

    public void AuditWritten(long records) => _auditWritten.Add(records);

    public void AuditLost() => _auditLost.Add(1);
}
