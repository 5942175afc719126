using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeHub.Client;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Testing.Contract;

namespace RealtimeHub.Testing;

/// <summary>The real server on a port that the system picks, with its own settings, keys and clock.</summary>
/// <remarks>Disposing it fails the test if the server logged a warning or an error that was not expected, or sent what does not fit its schema.</remarks>
public sealed class HubServer : WebApplicationFactory<Program>
{
    /// <summary>May do everything.</summary>
    public const string AdminKey = "admin-key-of-the-tests";

    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["System:Interval"] = "01:00:00",
        ["System:GpuCommand"] = "",
        ["SampleData:Enabled"] = "false",

        // Clocks that tests move jump further than a write takes.
        ["Channels:SendTimeout"] = "00:10:00",
        ["Audit:Path"] = "",
        ["Drain:Delay"] = "00:00:00",
        ["Drain:Spread"] = "00:00:00",
        ["Drain:HardStop"] = "00:00:10",

        // All clients of a test come from one address, as fast as they can. Tests of limits set their own.
        ["Limits:ConnectsPerMinute"] = "1000000",
        ["Limits:ConnectionsPerPrincipal"] = "1000000",
        ["Limits:CallsPerSecond"] = "1000000",
        ["Limits:CallBurst"] = "1000000",
        ["Limits:PrincipalCallsPerSecond"] = "1000000",
        ["Limits:PrincipalCallBurst"] = "1000000",
        ["Limits:FaultsPerMinute"] = "1000000",
    };

    private readonly Action<IWebHostBuilder>? _configure;
    private readonly List<string> _expected = [];
    private readonly LogCollector _logs = new();
    private readonly ConcurrentQueue<string> _misfits = new();
    private int _keys;

    private HubServer(ManualTimeProvider? clock, Action<IWebHostBuilder>? configure)
    {
        Clock = clock;
        _configure = configure;
        AddKey("admin", AdminKey, "*");
    }

    /// <summary>The server's clock, if the test moves it.</summary>
    public ManualTimeProvider? Clock { get; }

    public Uri Uri { get; private set; } = new("http://127.0.0.1");

    /// <summary>What the server logged at Warning and above.</summary>
    public IReadOnlyCollection<string> Problems => _logs.Messages;

    /// <summary>Starts a server.</summary>
    /// <param name="settings">Settings such as <c>Acks:BaseDelay</c>.</param>
    /// <param name="clock">A clock that the test moves; null for the system's.</param>
    /// <param name="keys">Further API keys: the principal's id, the key, its scopes separated by blanks. <c>id@team</c> puts it into a team.</param>
    /// <param name="configure">Changes the host.</param>
    public static HubServer Start(
        IReadOnlyDictionary<string, string?>? settings = null,
        ManualTimeProvider? clock = null,
        IReadOnlyList<(string Id, string Key, string Scopes)>? keys = null,
        Action<IWebHostBuilder>? configure = null)
    {
        var server = new HubServer(clock, configure);
        foreach (var (id, key, scopes) in keys ?? [])
        {
            server.AddKey(id, key, scopes.Split(' '));
        }

        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            server._settings[name] = value;
        }

        server.UseKestrel(0);
        server.StartServer();
        server.Uri = new Uri(server.ClientOptions.BaseAddress.ToString().Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
        return server;
    }

    /// <summary>Says that the server may log a warning or an error with this text.</summary>
    public void Expect(string text) => _expected.Add(text);

    /// <summary>An HTTP client with a key.</summary>
    public HttpClient Http(string? key = AdminKey)
    {
        var http = new HttpClient(new ValidatingHttpHandler(_misfits.Enqueue)) { BaseAddress = Uri };
        if (key is not null)
        {
            http.DefaultRequestHeaders.Add("X-API-Key", key);
        }

        return http;
    }

    /// <summary>Our own .NET client.</summary>
    public RealtimeClient Client(string key = AdminKey, HubEncoding encoding = HubEncoding.Json) =>
        new(new RealtimeClientOptions { Uri = Uri, ApiKey = key, Encoding = encoding, BackoffBase = TimeSpan.FromMilliseconds(20), BackoffCap = TimeSpan.FromMilliseconds(100) });

    /// <summary>Cuts every hub connection without a word, as a broken network would.</summary>
    public void CutConnections()
    {
        foreach (var pump in Services.GetRequiredService<HubConnections>().Pumps)
        {
            pump.Abort();
        }
    }

    /// <summary>Waits until the server has so many hub connections.</summary>
    public async Task WaitForConnectionsAsync(int count)
    {
        var connections = Services.GetRequiredService<HubConnections>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (connections.Count != count)
        {
            // Nothing tells of a connection's end; this looks again after a moment, with a limit.
            await Task.Delay(10, limit.Token);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!_misfits.IsEmpty)
        {
            throw new InvalidOperationException($"The server sent what does not fit the schema: {string.Join(" | ", _misfits.Take(10))}");
        }

        var unexpected = _logs.Messages.Where(m => !_expected.Exists(e => m.Contains(e, StringComparison.Ordinal))).ToList();
        if (unexpected.Count > 0)
        {
            throw new InvalidOperationException($"The server logged what the test did not expect: {string.Join(" | ", unexpected)}");
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(_settings));
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_logs));
        builder.ConfigureTestServices(ValidateMessages);
        if (Clock is not null)
        {
            builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(Clock));
        }

        _configure?.Invoke(builder);
    }

    private void ValidateMessages(IServiceCollection services)
    {
        foreach (var protocol in services.Where(s => s.ServiceType == typeof(IHubProtocol) && s.ImplementationType is not null).ToList())
        {
            services.Remove(protocol);
            services.AddSingleton<IHubProtocol>(provider => new ValidatingHubProtocol(
                (IHubProtocol)ActivatorUtilities.CreateInstance(provider, protocol.ImplementationType!), _misfits.Enqueue));
        }
    }

    private void AddKey(string id, string key, params string[] scopes)
    {
        var section = $"Auth:ApiKeys:{_keys++}";
        _settings[$"{section}:Id"] = id.Split('@')[0];
        _settings[$"{section}:Team"] = id.Contains('@', StringComparison.Ordinal) ? id.Split('@')[1] : null;
        _settings[$"{section}:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        for (var i = 0; i < scopes.Length; i++)
        {
            _settings[$"{section}:Scopes:{i}"] = scopes[i];
        }
    }

    private sealed class LogCollector : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _messages = new();

        public IReadOnlyCollection<string> Messages => _messages;

        public ILogger CreateLogger(string categoryName) => new Collector(categoryName, _messages);

        public void Dispose()
        {
        }

        private sealed class Collector(string category, ConcurrentQueue<string> messages) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                {
                    messages.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
                }
            }
        }
    }
}
