using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Server.Auth;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Workspace;

namespace RealtimeHub.Tests.Server.WebSockets.Vectors;

/// <summary>Carries out the steps of one case.</summary>
internal sealed class VectorRun(VectorCase vector, VectorServers servers)
{
    private const string EventsKey = "events-key-of-the-vectors";

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    // The least idle time that can be configured; cases with less run so many times slower.
    private const int LeastIdleSeconds = 30;

    private HubServer _server = null!;

    private ManualTimeProvider? Clock => _server.Clock;

    private DateTimeOffset Now => Clock?.GetUtcNow() ?? TimeProvider.System.GetUtcNow();

    private double Slowness => vector.Setting("idle_timeout_s") is { } idle ? Math.Max(1, LeastIdleSeconds / idle.GetDouble()) : 1;

    /// <summary>What differs from the case; null if nothing does.</summary>
    public async Task<string?> RunAsync()
    {
        var server = _server = servers.Get(vector, Settings(), Keys());
        await PrepareAsync();
        if (vector.Data.TryGetProperty("connect_attempts", out var attempts))
        {
            return await AttemptAsync(attempts.GetInt32());
        }

        if (vector.Data.TryGetProperty("expect", out var expect) && expect.ValueKind is JsonValueKind.Object && expect.TryGetProperty("http", out var http))
        {
            var status = await PlainProbe.StatusAsync(server.Uri, PathAndQuery(), Headers());
            return status == http.GetInt32() ? null : $"HTTP {status}, not {http}";
        }

        if (vector.Data.TryGetProperty("expect", out expect) && expect.ValueKind is JsonValueKind.Object && expect.TryGetProperty("http_not", out http))
        {
            return await PlainProbe.StatusAsync(server.Uri, PathAndQuery(), Headers()) != http.GetInt32() ? null : "It is a WebSocket.";
        }

        await using var probe = await PlainProbe.ConnectAsync(server.Uri, PathAndQuery(), Key(), Headers());
        return await BeforeAsync(probe) ?? await StepsAsync(probe) ?? await AfterAsync(probe);
    }

    private Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Auth:Session:CookieName"] = "kata.sid",
            ["WebSockets:Simulation:AnyKey"] = vector.Setting("MFN_API_KEY_REQUIRED") is { } required && required.GetString() == "true" ? "false" : "true",
        };
        if (vector.Setting("websocket_token") is { } token)
        {
            settings["Auth:Tokens:0:Id"] = "token";
            settings["Auth:Tokens:0:Scopes:0"] = "events:read";
            settings["Auth:Tokens:0:Sha256"] = SecretText.Hash(token.GetString()!);
        }

        Set("max_subscriptions", "Channels:MaxSubscriptionsPerConnection", v => v.GetRawText());
        Set("ping_interval_s", "WebSockets:Events:PingInterval", v => TimeSpan.FromSeconds(Math.Max(5, v.GetInt32())).ToString());
        Set("idle_timeout_s", "WebSockets:Events:IdleTimeout", v => TimeSpan.FromSeconds(v.GetInt32() * Slowness).ToString());
        Set("hybrid_auth", "WebSockets:Events:FirstMessageAuth", v => v.GetRawText());
        Set("api_key_enabled", "WebSockets:Events:Anonymous", v => v.ValueKind is JsonValueKind.False ? "true" : "false");
        Set("websocket_connections_per_minute", "Limits:ConnectsPerMinute", v => $"{v.GetInt32() + (vector.Setting("burst")?.GetInt32() ?? 0)}");
        return settings;

        void Set(string name, string setting, Func<JsonElement, string> convert)
        {
            if (vector.Setting(name) is { } value)
            {
                settings[setting] = convert(value);
            }
        }
    }

    private List<(string, string, string)> Keys()
    {
        List<(string, string, string)> keys = [("events", EventsKey, "events:read system:read jobs:read"), ("k1@team-1", "kat_live_1", "workspace:read"), ("mfn", "test-ws-key-12345", "simulation:*")];
        if (vector.Data.GetRawText().Contains("\"t1\"", StringComparison.Ordinal))
        {
            keys.Add(("t1", "t1", "events:read"));
        }

        return keys;
    }

    private string? Key()
    {
        var isBare = vector.Setting("api_key_enabled") is not null || vector.Setting("websocket_token") is not null || vector.Setting("hybrid_auth") is not null;
        return vector.System switch
        {
            "events" => isBare ? null : EventsKey,
            "kfm" => HubServer.AdminKey,
            _ => null,
        };
    }

    private string PathAndQuery() => vector.Path
        + string.Concat(vector.Connect("query").Select((q, i) => $"{(i == 0 ? '?' : '&')}{q.Name}={q.Value.GetString()}"));

    private (string, string)[] Headers() => [.. vector.Connect("headers").Select(h => (h.Name, h.Value.GetString()!))];

    // Specs and agents whose team a case names.
    private async Task PrepareAsync()
    {
        foreach (var kind in new[] { "spec", "agent" })
        {
            foreach (var owner in vector.Setting($"{kind}_team")?.EnumerateObject().ToList() ?? [])
            {
                await _server.OwnAsync(kind, owner.Name, owner.Value.GetString()!);
            }
        }
    }

    private async Task<string?> AttemptAsync(int count)
    {
        var probes = new List<PlainProbe>();
        for (var i = 0; i < count; i++)
        {
            probes.Add(await PlainProbe.ConnectAsync(_server.Uri, vector.Path, EventsKey));
        }

        var refused = 0;
        foreach (var probe in probes)
        {
            var isOpen = await IsOpenAsync(probe);
            refused += isOpen || probe.CloseStatus != vector.Data.GetProperty("expect").GetProperty("refused_close").GetInt32() ? 0 : 1;
            await probe.DisposeAsync();
        }

        return refused == vector.Data.GetProperty("expect").GetProperty("refused").GetInt32() ? null : $"{refused} were refused";
    }

    private static async Task<bool> IsOpenAsync(PlainProbe probe)
    {
        try
        {
            await probe.SettleAsync();
            return true;
        }
        catch (Exception exception) when (exception is WebSocketException or InvalidOperationException)
        {
            await probe.WaitForCloseAsync();
            return false;
        }
    }

    private async Task<string?> BeforeAsync(PlainProbe probe)
    {
        if (vector.Data.TryGetProperty("before", out var patterns) && vector.System == "events")
        {
            await probe.AskAsync(new { type = "subscribe", data = new { events = patterns } });
        }

        if (vector.Data.TryGetProperty("after", out _) || vector.Data.TryGetProperty("expect_state_steps", out _))
        {
            var answer = await probe.AskAsync(new { type = "auth", payload = new { api_key = "any", timestamp = Now.ToUnixTimeMilliseconds() } });
            return answer.GetProperty("type").GetString() == "auth_success" ? null : $"auth was answered with {answer}";
        }

        return null;
    }

    private async Task<string?> StepsAsync(PlainProbe probe)
    {
        var at = TimeSpan.Zero;
        foreach (var step in vector.Steps)
        {
            if (step.TryGetProperty("at_ms", out var ms))
            {
                var time = TimeSpan.FromMilliseconds(ms.GetInt32() * Slowness);
                Clock!.Advance(time - at);
                at = time;
            }

            await SendAsync(probe, step);
            if (step.TryGetProperty("at_ms", out _))
            {
                // What was sent has to be answered before time goes on; a connection that was closed answers nothing.
                await (step.TryGetProperty("assert", out _) ? probe.SettleAsync() : probe.NextAsync("error"));
            }

            foreach (var expected in step.TryGetProperty("expect", out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().ToList() : [])
            {
                if (VectorMatch.Differ(expected, await probe.NextAsync(), Now) is { } difference)
                {
                    return difference;
                }
            }

            if (step.TryGetProperty("expect_close", out var close) && await probe.WaitForCloseAsync() is var status && status != close.GetProperty("code").GetInt32())
            {
                return $"It was closed with {status}.";
            }

            if (step.TryGetProperty("expect_none_ms", out _) && await IsAnsweredAsync(probe))
            {
                return $"It was answered: {probe.All[^1]}";
            }
        }

        return null;
    }

    private static async Task<bool> IsAnsweredAsync(PlainProbe probe)
    {
        // Silence can only be waited for.
        var before = probe.All.Count;
        await Task.Delay(Quiet);
        return probe.All.Count > before;
    }

    private async Task SendAsync(PlainProbe probe, JsonElement step)
    {
        if (step.TryGetProperty("send", out var message))
        {
            await probe.SendAsync(Filled(message));
        }
        else if (step.TryGetProperty("send_text", out message))
        {
            await probe.SendAsync(message.GetString()!);
        }
        else if (step.TryGetProperty("send_binary_utf8", out message))
        {
            await probe.SendTextAsync(message.GetString()!, isBinary: true);
        }
        else if (step.TryGetProperty("send_text_repeat", out var repeat))
        {
            await probe.SendAsync(new string(repeat.GetProperty("char").GetString()![0], repeat.GetProperty("count").GetInt32()));
        }
        else if (step.TryGetProperty("publish", out var envelope))
        {
            await PublishAsync(envelope, envelope.GetProperty("channel").GetString()!);
        }
    }

    private string Filled(JsonElement message)
    {
        var text = message.GetRawText();
        var now = Now.ToUnixTimeMilliseconds();
        foreach (var (name, value) in new[] { ("$now_ms-600000", now - 600_000), ("$now_ms+301000", now + 301_000), ("$now_ms", now), ("$now_s", now / 1_000) })
        {
            text = text.Replace($"\"{name}\"", value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return text;
    }

    private async Task PublishAsync(JsonElement message, string channel)
    {
        using var http = _server.Http();
        var node = new JsonObject { ["type"] = message.GetProperty("type").GetString() };
        node["payload"] = JsonNode.Parse((message.TryGetProperty("payload", out var payload) ? payload : message.GetProperty("data")).GetRawText());
        foreach (var name in new[] { "timestamp", "eventId" })
        {
            if (message.TryGetProperty(name, out var value))
            {
                node[name] = value.GetString();
            }
        }

        await http.PublishAsync(node, channel);
    }

    private async Task<string?> AfterAsync(PlainProbe probe)
    {
        var data = vector.Data;
        if (data.TryGetProperty("expect_close", out var close))
        {
            var status = await probe.WaitForCloseAsync();
            return status == close.GetProperty("code").GetInt32() ? null : $"It was closed with {status}.";
        }

        if (data.TryGetProperty("expect_end", out _))
        {
            return await probe.WaitForCloseAsync() == 1000 ? null : $"It was closed with {probe.CloseStatus}.";
        }

        if (data.TryGetProperty("expect_state_steps", out var steps))
        {
            return await SimulateAsync(probe, data, steps);
        }

        if (data.TryGetProperty("publish_count", out var count))
        {
            using var http = _server.Http();
            await probe.SettleAsync();
            await http.PublishManyAsync(count.GetInt32());
            await probe.WaitForAsync("event", count.GetInt32());
            Clock!.Advance(TimeSpan.FromSeconds(6));
            return VectorMatch.Differ(data.GetProperty("expect_last"), (await probe.WaitForAsync("ping"))[0], Now);
        }

        if (data.TryGetProperty("publish", out var publish) && data.GetProperty("expect").ValueKind is JsonValueKind.Array)
        {
            await probe.SettleAsync();
            await PublishAsync(publish.GetProperty("message"), publish.GetProperty("channel").GetString()!.Replace(":logs", "", StringComparison.Ordinal));
            return VectorMatch.Differ(data.GetProperty("expect")[0], (await probe.WaitForAsync("log"))[0], Now);
        }

        if (vector.System == "events" && !data.TryGetProperty("send", out _) && !data.TryGetProperty("send_text", out _) && !data.TryGetProperty("send_text_repeat", out _))
        {
            await probe.SettleAsync();
        }

        return data.TryGetProperty("expect_no_error", out _) && (await probe.NextAsync()).GetProperty("type").GetString() == "error" ? $"It was refused: {probe.All[^1]}" : null;
    }

    private static async Task<string?> SimulateAsync(PlainProbe probe, JsonElement data, JsonElement steps)
    {
        await probe.SendAsync(new { type = "subscribe", payload = new { stream_type = "simulation_live", stream_id = "s", @params = data.GetProperty("params") } });
        var frames = await probe.WaitAsync(all => all.Any(m => m.GetProperty("type").GetString() == "simulation_complete"), "the end");
        var told = frames.Where(m => m.GetProperty("type").GetString() == "simulation_state").Select(m => m.GetProperty("payload").GetProperty("step").GetInt32()).ToList();
        return told.SequenceEqual(steps.EnumerateArray().Select(s => s.GetInt32())) ? null : $"The steps were {string.Join(' ', told)}.";
    }
}
