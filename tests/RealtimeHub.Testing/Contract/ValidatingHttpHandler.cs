using System.Text.Json;

namespace RealtimeHub.Testing.Contract;

/// <summary>Holds every JSON answer of the channels' HTTP API against its schema.</summary>
internal sealed class ValidatingHttpHandler(Action<string> onError) : DelegatingHandler(new HttpClientHandler())
{
    private const string Channels = "/api/v1/channels";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType switch
        {
            "application/problem+json" => "Problem",
            "application/json" when response.IsSuccessStatusCode => TypeOf(request),
            _ => null,
        };
        if (type is not null)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).RootElement;
            foreach (var error in (body.ValueKind == JsonValueKind.Array ? body.EnumerateArray() : Enumerable.Repeat(body, 1)).SelectMany(v => WireSchema.Type(type, v)))
            {
                onError($"{request.Method} {request.RequestUri!.AbsolutePath}: {error}");
            }
        }

        return response;
    }

    private static string? TypeOf(HttpRequestMessage request) => request.RequestUri!.AbsolutePath switch
    {
        Channels => "ChannelSummary",
        var path when path.StartsWith(Channels, StringComparison.Ordinal) && path.EndsWith("/history", StringComparison.Ordinal) => "HistoryPage",
        var path when path.StartsWith(Channels, StringComparison.Ordinal) && path.EndsWith("/events", StringComparison.Ordinal) =>
            request.Content?.Headers.ContentType?.MediaType == "application/x-ndjson" ? "PublishBatchResult" : "PublishResult",
        _ => null,
    };
}
