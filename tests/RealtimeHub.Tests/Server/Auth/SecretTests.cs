using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Publishing;

namespace RealtimeHub.Tests.Server.Auth;

public class SecretTests
{
    private const string Known = "known-secret-of-this-test";
    private const string Unknown = "unknown-secret-of-this-test";

    [Fact]
    public async Task Keys_and_their_hashes_appear_in_no_log_whatever_its_level()
    {
        var log = new EverythingLogged();
        await using (var server = HubServer.Start(
            new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
                ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Trace",
            },
            keys: [("known", Known, "*")],
            configure: host => host.ConfigureLogging(logging => logging.AddProvider(log))))
        {
            await UseAsync(server);
        }

        Assert.Contains(log.Lines, l => l.Contains("CredentialRefused", StringComparison.Ordinal));
        Assert.Contains(log.Lines, l => l.Contains("HubMethodBound", StringComparison.Ordinal));
        var secrets = new[] { Known, Unknown, Hash(Known), Hash(Unknown) };
        Assert.DoesNotContain(log.Lines, l => secrets.Any(s => l.Contains(s, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task UseAsync(HubServer server)
    {
        using var known = server.Http(Known);
        using var unknown = server.Http(Unknown);
        using var bearer = server.Http(null);
        bearer.DefaultRequestHeaders.Add("Authorization", $"Bearer {Known}");
        await known.PublishAsync(SampleEvent.Security(1));
        await bearer.PublishAsync(SampleEvent.Security(2));
        await Problem.OfEventAsync(unknown, SampleEvent.Security(3));
        await Problem.OfGetAsync(bearer, "/nothing/here");
        await using var header = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", Known);
        await using var query = await HubProbe.ConnectAsync(server.Uri, $"/hubs/events?access_token={Known}", key: null);
        foreach (var form in new[] { "api_key", "access_token", "token", "ticket", "signature" })
        {
            await server.NegotiateAsync($"&{form}={Unknown}");
            await server.GetAsync($"/nothing/here?{form}={Unknown}");
        }

        await query.CallAsync("Subscribe", new { events = new[] { "*" }, last = 2 });
        await query.WaitForAsync("Event", 2);
        await Assert.ThrowsAsync<WebSocketException>(() => HubProbe.ConnectAsync(server.Uri, $"/hubs/events?access_token={Unknown}", key: null));
    }

    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private sealed class EverythingLogged : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue($"scope {Members(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{eventId.Name} {formatter(state, exception)} {Members(state)} {exception}");

        public void Dispose()
        {
        }

        private static string Members(object? state) =>
            state is IEnumerable<KeyValuePair<string, object?>> members ? string.Join(' ', members.Select(m => $"{m.Key}={m.Value}")) : $"{state}";
    }
}
