using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Server.Configuration;

/// <summary>The environment variables that the four systems document, as settings of ours: one table, checked before anything starts. Pure.</summary>
/// <remarks>They stand above the settings files and below variables and arguments with our own names.</remarks>
internal static class DocumentedEnvironment
{
    private const string Events = "WebSockets:Events";
    private const string Simulation = "WebSockets:Simulation";
    private const string Workspace = "WebSockets:Workspace";

    // On top of the documented connects per minute.
    private const int ConnectBurst = 2;
    private const double MinuteMs = 60_000;

    private static readonly FrozenDictionary<string, string> Environments = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["dev"] = "Development",
        ["development"] = "Development",
        ["staging"] = "Staging",
        ["prod"] = "Production",
        ["production"] = "Production",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] EventChannels = [.. EventTypeRows.All.Select(t => t.ChannelTag).Where(c => c.Length > 0).Distinct()];

    // What begins like a variable of the table and is none is one that was mistyped.
    private static readonly string[] Families =
    [
        "MFN_API_", "MFN_CORS_", "MFN_ENV", "MFN_RATE_LIMIT_", "WS_HEARTBEAT_", "WS_MAX_",
        "WEBSOCKET_BATCH_", "WEBSOCKET_COMPRESSION_", "WEBSOCKET_IDLE_", "WEBSOCKET_MAX_", "WEBSOCKET_PING_",
    ];

    /// <summary>Every variable, with what it sets.</summary>
    public static IReadOnlyList<EnvironmentRow> Rows { get; } =
    [
        new("MFN_ENV", "dev, development, staging, prod, production", (value, _) => Environments.ContainsKey(value)),
        new("MFN_API_KEY", "a key", (value, settings) => Keys(settings, "ApiKeys", "mfn", [value], Scopes.SimulationRead, Scopes.SimulationRun)),
        new("MFN_API_KEYS", "keys, separated by commas", (value, settings) => Keys(settings, "ApiKeys", "mfn", List(value), Scopes.SimulationRead, Scopes.SimulationRun)),
        Flag("MFN_API_KEY_REQUIRED", (isOn, settings) => settings[$"{Simulation}:AnyKey"] = isOn ? "false" : "true"),
        new("MFN_CORS_ORIGINS", "origins, separated by commas", Origins),
        Number("MFN_RATE_LIMIT_REQUESTS", 1, 1_000_000, (count, settings) => settings["Publishing:RequestsPerMinute"] = Text(count)),
        Number("GATEWAY_PORT", 1, 65_535, (port, settings) => settings["urls"] = $"http://+:{Text(port)}"),
        new("GATEWAY_ALLOWED_ORIGINS", "origins, separated by commas", Origins),
        new("SESSION_COOKIE_NAME", "a name", (value, settings) => Set(settings, "Auth:Session:CookieName", value)),
        new("REDIS_URL", "redis[s]://[:password@]host[:port][/database]", RedisUrl),
        Number("RATE_LIMIT_MAX_REQUESTS", 1, 1_000_000, (count, settings) => settings["Publishing:RequestsPerMinute"] = Text(count)),
        Number("RATE_LIMIT_WINDOW_MS", 1_000, 3_600_000, PerWindow),
        Number("WS_HEARTBEAT_INTERVAL_MS", 1_000, 600_000, (ms, settings) => settings[$"{Workspace}:HeartbeatInterval"] = Duration(ms)),
        Number("WS_HEARTBEAT_TIMEOUT_MS", 2_000, 1_200_000, (ms, settings) => settings[$"{Workspace}:HeartbeatTimeout"] = Duration(ms)),
        Number("WS_MAX_SUBSCRIPTIONS_PER_CONNECTION", 1, 10_000, (count, settings) => settings["Channels:MaxSubscriptionsPerConnection"] = Text(count)),
        Flag("API_KEY_ENABLED", (isOn, settings) => settings[$"{Events}:Anonymous"] = isOn ? "false" : "true"),
        new("API_KEYS", "keys, separated by commas", (value, settings) =>
            Keys(settings, "ApiKeys", "events", List(value), Scopes.EventsRead, Scopes.SystemRead, Scopes.JobsRead)),
        new("WEBSOCKET_TOKEN", "a token", (value, settings) =>
            Keys(settings, "Tokens", "events", [value], Scopes.EventsRead, Scopes.SystemRead, Scopes.JobsRead)),
        Number("WEBSOCKET_PING_INTERVAL_SECONDS", 5, 120, (s, settings) => settings[$"{Events}:PingInterval"] = Duration(s * 1_000)),
        Number("WEBSOCKET_IDLE_TIMEOUT_SECONDS", 30, 3_600, (s, settings) => settings[$"{Events}:IdleTimeout"] = Duration(s * 1_000)),
        Number("WEBSOCKET_MAX_MESSAGE_SIZE", 1_024, 1_048_576, (size, settings) => settings[$"{Events}:MaxMessageChars"] = Text(size)),
        Flag("WEBSOCKET_COMPRESSION_ENABLED", Compression),
        Number("WEBSOCKET_COMPRESSION_THRESHOLD", 0, 1_048_576, (size, settings) => settings[$"{Events}:CompressionThreshold"] = Text(size)),
        Number("WEBSOCKET_COMPRESSION_LEVEL", 1, 9, (level, settings) => settings[$"{Events}:CompressionLevel"] = Text(level)),
        Number("WEBSOCKET_BATCH_INTERVAL_MS", 10, 5_000, (ms, settings) => settings[$"{Events}:BatchInterval"] = Duration(ms)),
        Number("WEBSOCKET_BATCH_MAX_SIZE", 1, 500, (count, settings) => settings[$"{Events}:BatchMaxMessages"] = Text(count)),
        new("WEBSOCKET_BATCH_CHANNELS", $"channels of events, separated by commas: {string.Join(", ", EventChannels)}", BatchChannels),
        Number("RATE_LIMIT_WEBSOCKET_CONNECTIONS_PER_MINUTE", 1, 400, (count, settings) => settings["Limits:ConnectsPerMinute"] = Text(count + ConnectBurst)),
    ];

    /// <summary>The settings that the variables stand for.</summary>
    /// <param name="read">Reads a variable.</param>
    /// <param name="names">The names of all variables there are.</param>
    /// <exception cref="OptionsValidationException">A variable has a value that it cannot have, or is a mistyped one.</exception>
    public static IReadOnlyDictionary<string, string?> Read(Func<string, string?> read, params IEnumerable<string> names)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var failures = names.Where(n => Families.Any(f => n.StartsWith(f, StringComparison.Ordinal)) && Rows.All(r => r.Name != n))
            .Select(n => $"There is no variable {Cut(n)}; the nearest is {Nearest(n)}.").Order().ToList();
        foreach (var row in Rows)
        {
            if (read(row.Name)?.Trim() is { Length: > 0 } value && !row.TryApply(value, settings))
            {
                // What may be a secret is not repeated.
                failures.Add(row.IsSecret ? $"{row.Name} has a value that it cannot have; it is {row.Bound}." : $"{row.Name} is '{Cut(value)}'; it is {row.Bound}.");
            }
        }

        // Documented: where keys are not required is the development's default.
        if (EnvironmentOf(read) == "Development" && string.IsNullOrWhiteSpace(read("MFN_API_KEY_REQUIRED")))
        {
            settings[$"{Simulation}:AnyKey"] = "true";
        }

        return failures.Count == 0 ? settings : throw new OptionsValidationException("", typeof(DocumentedEnvironment), failures);
    }

    /// <summary>The name of the environment that <c>MFN_ENV</c> stands for; null if it is not set.</summary>
    /// <exception cref="OptionsValidationException">It contradicts the platform's own variable.</exception>
    public static string? EnvironmentOf(Func<string, string?> read)
    {
        if (read("MFN_ENV")?.Trim() is not { Length: > 0 } value || !Environments.TryGetValue(value, out var name))
        {
            return null;
        }

        var own = read("ASPNETCORE_ENVIRONMENT") ?? read("DOTNET_ENVIRONMENT");
        return string.IsNullOrWhiteSpace(own) || string.Equals(own, name, StringComparison.OrdinalIgnoreCase)
            ? name
            : throw new OptionsValidationException("", typeof(DocumentedEnvironment), [$"MFN_ENV is '{value}', which is {name}, but ASPNETCORE_ENVIRONMENT is '{Cut(own)}'; give one of them."]);
    }

    /// <summary>Puts the settings below variables and arguments with names of our own.</summary>
    public static void AddTo(IConfigurationBuilder configuration, Func<string, string?> read, IEnumerable<string> names)
    {
        var settings = Read(read, names);
        var own = configuration.Sources.ToList().FindLastIndex(s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        configuration.Sources.Insert(own < 0 ? configuration.Sources.Count : own, new MemoryConfigurationSource { InitialData = settings });
    }

    private static EnvironmentRow Number(string name, int min, int max, Action<int, Dictionary<string, string?>> apply) => new(
        name, string.Create(CultureInfo.InvariantCulture, $"a whole number, {min}..{max}"), (value, settings) =>
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < min || number > max)
            {
                return false;
            }

            apply(number, settings);
            return true;
        });

    private static EnvironmentRow Flag(string name, Action<bool, Dictionary<string, string?>> apply) => new(name, "true or false", (value, settings) =>
    {
        bool? isOn = value.ToLowerInvariant() switch
        {
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => null,
        };
        if (isOn is { } given)
        {
            apply(given, settings);
        }

        return isOn is not null;
    });

    private static bool Set(Dictionary<string, string?> settings, string name, string value)
    {
        settings[name] = value;
        return true;
    }

    private static string Nearest(string name) => Rows.Select(r => r.Name).MaxBy(n => n.Zip(name).TakeWhile(c => c.First == c.Second).Count())!;

    // The options of Redis look at the rest of it.
    private static bool RedisUrl(string value, Dictionary<string, string?> settings) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "redis" or "rediss" && uri.Host.Length > 0 && Set(settings, "Redis:Endpoints:0", value);

    private static bool BatchChannels(string value, Dictionary<string, string?> settings)
    {
        var channels = List(value);
        for (var i = 0; i < channels.Length; i++)
        {
            settings[$"{Events}:BatchChannels:{Text(i)}"] = channels[i];
        }

        return channels.Length > 0 && channels.All(EventChannels.Contains);
    }

    private static void PerWindow(int window, Dictionary<string, string?> settings)
    {
        const string name = "Publishing:RequestsPerMinute";
        var count = double.Parse(settings.GetValueOrDefault(name) ?? "60", CultureInfo.InvariantCulture);
        settings[name] = Text((int)Math.Max(1, Math.Round(count * MinuteMs / window)));
    }

    private static void Compression(bool isOn, Dictionary<string, string?> settings)
    {
        settings[$"{Events}:Compression"] = isOn ? "true" : "false";
        settings[$"{Events}:DefaultForm"] = isOn ? "Zlib" : "Json";
    }

    private static bool Origins(string value, Dictionary<string, string?> settings)
    {
        var origins = List(value);
        var before = settings.Keys.Count(k => k.StartsWith("Auth:AllowedOrigins:", StringComparison.Ordinal));
        foreach (var origin in origins)
        {
            if (!Origin.TryNormalise(origin, out _))
            {
                return false;
            }

            settings[$"Auth:AllowedOrigins:{Text(before++)}"] = origin;
        }

        return origins.Length > 0;
    }

    // Numbered from far behind, so that keys of the settings files stay.
    private static bool Keys(Dictionary<string, string?> settings, string list, string id, string[] secrets, params IReadOnlyList<string> scopes)
    {
        foreach (var secret in secrets)
        {
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
            if (settings.ContainsValue(hash))
            {
                continue;
            }

            var number = settings.Keys.Count(k => k.StartsWith($"Auth:{list}:", StringComparison.Ordinal) && k.EndsWith(":Sha256", StringComparison.Ordinal)) + 1;
            var section = $"Auth:{list}:documented{Text(number)}";
            settings[$"{section}:Id"] = $"{id}-{Text(number)}";
            settings[$"{section}:Sha256"] = hash;
            for (var i = 0; i < scopes.Count; i++)
            {
                settings[$"{section}:Scopes:{Text(i)}"] = scopes[i];
            }
        }

        return secrets.Length > 0 && secrets.All(s => s.Length is >= 1 and <= HashedSecrets.MaxLength);
    }

    private static string[] List(string value) => value.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(v => v.Trim('"', '\'')).ToArray();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Duration(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds).ToString("c", CultureInfo.InvariantCulture);

    private static string Cut(string value) => value.Length <= 100 ? value : value[..100] + "…";
}
