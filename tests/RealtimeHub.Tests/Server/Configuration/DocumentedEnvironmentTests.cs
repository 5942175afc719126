using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Configuration;

namespace RealtimeHub.Tests.Server.Configuration;

public class DocumentedEnvironmentTests
{
    [Theory]
    [InlineData("SESSION_COOKIE_NAME", "kata.sid", "Auth:Session:CookieName", "kata.sid")]
    [InlineData("WS_HEARTBEAT_INTERVAL_MS", "15000", "WebSockets:Workspace:HeartbeatInterval", "00:00:15")]
    [InlineData("WS_HEARTBEAT_TIMEOUT_MS", "30000", "WebSockets:Workspace:HeartbeatTimeout", "00:00:30")]
    [InlineData("WS_MAX_SUBSCRIPTIONS_PER_CONNECTION", "5", "Channels:MaxSubscriptionsPerConnection", "5")]
    [InlineData("GATEWAY_PORT", "3001", "urls", "http://+:3001")]
    [InlineData("GATEWAY_ALLOWED_ORIGINS", "http://localhost:1420,http://localhost:5173", "Auth:AllowedOrigins:1", "http://localhost:5173")]
    [InlineData("MFN_CORS_ORIGINS", "https://app.example.com", "Auth:AllowedOrigins:0", "https://app.example.com")]
    [InlineData("MFN_API_KEY_REQUIRED", "false", "WebSockets:Simulation:AnyKey", "true")]
    [InlineData("MFN_ENV", "dev", "WebSockets:Simulation:AnyKey", "true")]
    [InlineData("MFN_ENV", "production", "WebSockets:Simulation:AnyKey", null)]
    [InlineData("API_KEY_ENABLED", "true", "WebSockets:Events:Anonymous", "false")]
    [InlineData("WEBSOCKET_IDLE_TIMEOUT_SECONDS", "3600", "WebSockets:Events:IdleTimeout", "01:00:00")]
    [InlineData("WEBSOCKET_COMPRESSION_LEVEL", "9", "WebSockets:Events:CompressionLevel", "9")]
    [InlineData("REDIS_URL", "redis://:pw@redis.example.com:6380/2", "Redis:Endpoints:0", "redis://:pw@redis.example.com:6380/2")]
    [InlineData("WEBSOCKET_BATCH_CHANNELS", "[\"detections\", \"cameras\"]", "WebSockets:Events:BatchChannels:1", "cameras")]
    [InlineData("RATE_LIMIT_WEBSOCKET_CONNECTIONS_PER_MINUTE", "3", "Limits:ConnectsPerMinute", "5")]
    public void P356_a_variable_stands_for_a_setting_of_ours(string name, string value, string setting, string? expected) =>
        Assert.Equal(expected, DocumentedEnvironment.Read(n => n == name ? value : null).GetValueOrDefault(setting));

    [Theory]
    [InlineData("MFN_ENV", "prodution")]
    [InlineData("MFN_API_KEY_REQUIRED", "perhaps")]
    [InlineData("WS_HEARTBEAT_INTERVAL_MS", "-1")]
    [InlineData("WS_HEARTBEAT_INTERVAL_MS", "15s")]
    [InlineData("WEBSOCKET_PING_INTERVAL_SECONDS", "121")]
    [InlineData("WEBSOCKET_IDLE_TIMEOUT_SECONDS", "29")]
    [InlineData("WEBSOCKET_COMPRESSION_LEVEL", "10")]
    [InlineData("GATEWAY_ALLOWED_ORIGINS", "everybody")]
    [InlineData("WEBSOCKET_BATCH_CHANNELS", "detections,nothing")]
    [InlineData("RATE_LIMIT_WEBSOCKET_CONNECTIONS_PER_MINUTE", "401")]
    public void P356_a_value_that_cannot_be_stops_the_start_with_its_name_and_bound(string name, string value)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => DocumentedEnvironment.Read(n => n == name ? value : null));

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(value, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MFN_API_KEY_REQURIED", "MFN_API_KEY_REQUIRED")]
    [InlineData("MFN_ENVIRONMENT", "MFN_ENV")]
    [InlineData("WS_HEARTBEAT_INTERVALL_MS", "WS_HEARTBEAT_INTERVAL_MS")]
    [InlineData("WEBSOCKET_BATCH_SIZE", "WEBSOCKET_BATCH")]
    public void P357_a_name_that_is_nearly_one_of_them_stops_the_start(string name, string nearest)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => DocumentedEnvironment.Read(_ => null, "PATH", name));

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, exception.Message.Replace(name, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void P357_other_names_do_not_matter() =>
        Assert.Empty(DocumentedEnvironment.Read(_ => null, "PATH", "WS_NO_BUFFER_UTIL", "WEBSOCKET_SERVICE_HOST", "MFN_SERVICE_PORT", "REDIS_HOST"));

    [Theory]
    [InlineData("http://redis")]
    [InlineData("redis")]
    public void P356_an_address_may_hold_a_password_and_is_not_repeated(string value)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => DocumentedEnvironment.Read(n => n == "REDIS_URL" ? value + "-secret" : null));

        Assert.Contains("REDIS_URL", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P356_keys_are_kept_as_hashes_and_once()
    {
        var settings = DocumentedEnvironment.Read(n => n switch { "MFN_API_KEY" => "one", "MFN_API_KEYS" => "one, two", "WEBSOCKET_TOKEN" => "t", _ => null });

        var hashes = settings.Where(s => s.Key.EndsWith(":Sha256", StringComparison.Ordinal)).Select(s => s.Value).ToList();
        Assert.Equal(3, hashes.Count);
        Assert.Contains(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("two"))), hashes);
        Assert.DoesNotContain("one", settings.Values);
    }

    [Fact]
    public void P356_production_means_production_and_a_contradiction_stops_the_start()
    {
        Assert.Equal("Production", DocumentedEnvironment.EnvironmentOf(n => n == "MFN_ENV" ? "production" : null));
        Assert.Null(DocumentedEnvironment.EnvironmentOf(_ => null));
        Assert.Throws<OptionsValidationException>(() => DocumentedEnvironment.EnvironmentOf(n => n switch { "MFN_ENV" => "production", "ASPNETCORE_ENVIRONMENT" => "Development", _ => null }));
    }
}
