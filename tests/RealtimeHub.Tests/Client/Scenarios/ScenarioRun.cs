using System.Text.Json;
using RealtimeHub.Client;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Scenarios;

/// <summary>One scenario against the .NET client: tests/vectors/scenarios/README.md says what each step means.</summary>
internal sealed class ScenarioRun : IAsyncDisposable
{
    private static readonly Dictionary<string, Type> Notices = new[] { typeof(Gap), typeof(Skipped), typeof(Degraded), typeof(Restored), typeof(Unsubscribed), typeof(Control) }
        .ToDictionary(t => t.Name);

    private readonly ScriptedServer _server;
    private readonly RealtimeClient _client;
    private readonly EventLog<StreamItem> _items = new();
    private Subscription _subscription = null!;
    private ScriptedConnection _connection = null!;
    private JsonElement? _granted;

    private ScenarioRun(ScriptedServer server, HubEncoding encoding)
    {
        _server = server;
        _client = server.CreateClient(configure: options => options with { Encoding = encoding });
        server.OnSubscribe = GrantAsync;
    }

    public static async Task<ScenarioRun> StartAsync(JsonElement request, HubEncoding encoding)
    {
        var run = new ScenarioRun(await ScriptedServer.StartAsync(), encoding);
        run._subscription = await run._client.Events.SubscribeAsync(
            request.Deserialize(RealtimeJsonContext.Default.SubscribeEventsRequest)!,
            (item, _) =>
            {
                run._items.Add(item);
                return ValueTask.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        run._connection = await run._server.NextConnectionAsync();
        return run;
    }

    public async Task DoAsync(JsonElement step)
    {
        var (name, value) = (step.EnumerateObject().First().Name, step.EnumerateObject().First().Value);
        var epoch = step.TryGetProperty("epoch", out var given) ? given.GetString()! : ScriptedConnection.Epoch;
        switch (name)
        {
            case "frames":
                var requiresAck = step.TryGetProperty("requires_ack", out var ack) && ack.GetBoolean();
                await _connection.PushAllAsync(value.EnumerateArray().Select(s => _connection.Frame(s.GetInt64(), epoch, requiresAck)));
                break;
            case "push":
                await _connection.PushAsync(step.GetProperty("argument").Deserialize(Notices[value.GetString()!], RealtimeJson.Options)!);
                break;
            case "heartbeat":
                await _connection.PushHeartbeatAsync(value.GetInt64(), epoch);
                break;
            case "grant":
                _granted = value;
                break;
            case "drop":
                _connection.Drop();
                _connection = await _server.NextConnectionAsync();
                break;
            case "ack":
                await _client.Events.AckAsync(_connection.Frame(value.GetInt64(), epoch, requiresAck: true), TestContext.Current.CancellationToken);
                break;
            case "subscribes":
                CheckMembers(value, await _server.NextCallAsync<SubscribeEventsRequest>());
                break;
            case "resyncs":
                CheckMembers(JsonSerializer.SerializeToElement(new { from = value }), await _server.NextCallAsync<ResyncRequest>());
                break;
            case "acknowledges":
                Assert.Equal(value.EnumerateArray().Select(s => s.GetInt64()), (await _server.NextCallAsync<AckRequest>()).Sequences!);
                break;
            case "shows":
                foreach (var expected in value.EnumerateArray())
                {
                    Assert.Equal(expected.GetString(), Text(await _items.NextAsync()));
                }

                break;
            case "ends":
                await _subscription.Completion.WaitAsync(Limits.Wait, TestContext.Current.CancellationToken);
                break;
            default:
                throw new NotSupportedException($"There is no step {name}.");
        }
    }

    public void Check(JsonElement expected)
    {
        var position = expected.GetProperty("accounted_up_to");
        var totals = _subscription.Coverage.Totals();

        Assert.Equal($"{position.GetProperty("epoch")}:{position.GetProperty("sequence")}", _subscription.Position.ToString());
        Assert.Equal(
            (expected.GetProperty("received").GetInt64(), expected.GetProperty("duplicates").GetInt64(), expected.GetProperty("missing").GetInt64(), expected.GetProperty("epoch_changes").GetInt32()),
            (totals.Received, totals.Duplicates, totals.Missing, totals.EpochChanges));
        Assert.Equal(Counts(expected.GetProperty("skipped")), totals.Skipped);
        Assert.Equal(Counts(expected.GetProperty("lost")), totals.Lost.Where(l => l.Value > 0).ToDictionary());
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static Dictionary<string, long> Counts(JsonElement counts) => counts.EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetInt64());

    private static void CheckMembers(JsonElement expected, object request)
    {
        var sent = JsonSerializer.SerializeToElement(request, RealtimeJson.Options.GetTypeInfo(request.GetType()));
        foreach (var member in expected.EnumerateObject())
        {
            var has = sent.TryGetProperty(member.Name, out var value);
            Assert.True(
                member.Value.ValueKind == JsonValueKind.Null ? !has : has && JsonElement.DeepEquals(member.Value, value),
                $"{member.Name} should be {member.Value}; the request is {sent}");
        }
    }

    private static string Text(StreamItem item) => item switch
    {
        { Frame: { } frame } => $"frame {frame.Sequence}",
        { Subscribed: { } subscribed } => $"subscribed {subscribed.Reason}".TrimEnd(),
        { Gap: { } gap } => $"gap {gap.From}-{gap.To} {gap.Reason}",
        { Skipped: { } skipped } => $"skipped {skipped.From}-{skipped.To} {skipped.Reason}",
        { Degraded: { } degraded } => $"degraded {degraded.Policy}",
        { Error: { } error } => $"error {error.Code}",
        _ => item.Kind,
    };

    private async Task<SubscribeResult> GrantAsync(ScriptedConnection connection, SubscribeRequest request)
    {
        var granted = connection.Granted(request);
        if (_granted is { } members)
        {
            granted = granted with
            {
                Epoch = members.TryGetProperty("epoch", out var epoch) ? epoch.GetString()! : granted.Epoch,
                Sequence = members.TryGetProperty("sequence", out var sequence) ? sequence.GetInt64() : granted.Sequence,
                Recovered = members.TryGetProperty("recovered", out var recovered) ? recovered.GetBoolean() : granted.Recovered,
                Reason = members.TryGetProperty("reason", out var reason) ? reason.GetString() : granted.Reason,
            };
            _granted = null;
        }

        await connection.PushAsync(granted);
        return new SubscribeResult { Subscription = granted };
    }
}
