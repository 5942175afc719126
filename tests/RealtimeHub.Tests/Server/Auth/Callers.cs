using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

/// <summary>What callers of a server send, and what they hear at both doors of a hub: negotiation and the WebSocket.</summary>
internal static class Callers
{
    public const string Hub = "/hubs/events";
    public const string Negotiate = "/hubs/events/negotiate?negotiateVersion=1";

    /// <summary>Settings of one configured secret of a list.</summary>
    public static Dictionary<string, string?> Entry(string list, string id, string member, string value, string scopes = "*", DateTimeOffset? expiresAt = null)
    {
        var section = $"Auth:{list}:0";
        var settings = new Dictionary<string, string?> { [$"{section}:Id"] = id, [$"{section}:{member}"] = value };
        foreach (var (i, scope) in scopes.Split(' ').Index())
        {
            settings[$"{section}:Scopes:{i}"] = scope;
        }

        if (expiresAt is { } end)
        {
            settings[$"{section}:ExpiresAt"] = end.ToString("O", CultureInfo.InvariantCulture);
        }

        return settings;
    }

    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The headers of a signed request.</summary>
    public static (string Name, string Value)[] Signed(string keyId, string secret, DateTimeOffset at, string nonce)
    {
        var timestamp = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\0{nonce}")));
        return [("X-Key-Id", keyId), ("X-Timestamp", timestamp), ("X-Nonce", nonce), ("X-Signature", signature)];
    }

    /// <summary>What negotiation answers: <c>200</c>, or the status and the code.</summary>
    public static async Task<string> NegotiateAsync(this HubServer server, string query = "", params (string Name, string Value)[] headers)
    {
        using var http = server.Http(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Negotiate + query, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return await AnswerAsync(response);
    }

    /// <summary>What an API request answers: <c>200</c>, or the status and the code.</summary>
    public static async Task<string> GetAsync(this HubServer server, string path, params (string Name, string Value)[] headers)
    {
        using var http = server.Http(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return await AnswerAsync(response);
    }

    /// <summary>What the WebSocket answers: <c>101</c>, or the status.</summary>
    public static async Task<string> UpgradeAsync(this HubServer server, string query = "", params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{server.Uri.Authority}{Hub}{query}"), limit.Token);
        }
        catch (WebSocketException)
        {
            // The status says it.
        }

        return ((int)socket.HttpStatusCode).ToString(CultureInfo.InvariantCulture);
    }

    public static async Task<string> AnswerAsync(HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return status;
        }

        using var body = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return $"{status} {body.RootElement.GetProperty("code").GetString()}";
    }
}
