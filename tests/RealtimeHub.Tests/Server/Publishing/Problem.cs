using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

/// <summary>What an HTTP request was refused with.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="RetryAfter">The header Retry-After.</param>
/// <param name="Body">The problem details.</param>
internal sealed record Problem(int Status, string? ContentType, TimeSpan? RetryAfter, JsonElement Body)
{
    public const string Json = "application/json";

    public const string Ndjson = "application/x-ndjson";

    public string Code => Body.GetProperty("code").GetString()!;

    public (int Status, string Code) Answer => (Status, Code);

    public IReadOnlyList<string> Fields => [.. Body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()!)];

    /// <summary>Reads a response that has to be a refusal with all that problem details have.</summary>
    public static async Task<Problem> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.False(response.IsSuccessStatusCode, $"Accepted: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(text);
        var problem = new Problem(
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta, document.RootElement.Clone());
        Assert.Equal(problem.Status, problem.Body.GetProperty("status").GetInt32());
        Assert.All(["type", "title", "detail"], m => Assert.NotEmpty(problem.Body.GetProperty(m).GetString()!));
        Assert.Equal(JsonValueKind.String, problem.Body.GetProperty("code").ValueKind);
        Assert.True(problem.Body.GetProperty("retryable").ValueKind is JsonValueKind.True or JsonValueKind.False);
        return problem;
    }

    /// <summary>Posts a text as it is, and reads the refusal.</summary>
    public static async Task<Problem> OfPostAsync(HttpClient http, string text, string contentType = Json, string channel = "events")
    {
        using var response = await PostAsync(http, text, contentType, channel);
        return await OfAsync(response);
    }

    /// <summary>Posts an event, and reads the refusal.</summary>
    public static async Task<Problem> OfEventAsync(HttpClient http, object source, string channel = "events", string? key = null)
    {
        using var response = await http.PostEventAsync(source, channel, key);
        return await OfAsync(response);
    }

    /// <summary>Gets a path, and reads the refusal.</summary>
    public static async Task<Problem> OfGetAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await OfAsync(response);
    }

    /// <summary>Posts a text as it is.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient http, string text, string contentType = Json, string channel = "events")
    {
        using var content = new StringContent(text, Encoding.UTF8, contentType);
        return await http.PostAsync(new Uri($"/api/v1/channels/{channel}/events", UriKind.Relative), content);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status} {Body}");
}
