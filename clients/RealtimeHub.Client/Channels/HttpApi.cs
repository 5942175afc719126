using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Transport;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Client.Channels;

/// <summary>Calls the server over HTTP. Thread-safe.</summary>
/// <remarks>Throws <see cref="ProtocolErrorException"/> when the server refuses and <see cref="RealtimeConnectionException"/> when it cannot be reached.</remarks>
internal sealed class HttpApi : IDisposable
{
    private const string IdempotencyKeyHeader = "Idempotency-Key";

    private readonly RealtimeClientOptions _options;
    private readonly HttpClient _http;

    public HttpApi(RealtimeClientOptions options)
    {
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = options.ConnectTimeout, UseCookies = false });
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(ClientHeaders.UserAgent);
    }

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)RealtimeJson.Options.GetTypeInfo(typeof(T));

    /// <summary>Posts a request and reads the answer.</summary>
    public async Task<TAnswer> PostAsync<TRequest, TAnswer>(string pathAndQuery, TRequest request, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(request, TypeInfo<TRequest>());
        return await SendAsync<TAnswer>(HttpMethod.Post, pathAndQuery, content, null, cancellationToken).ConfigureAwait(false);
    }

    public Task<T> SendAsync<T>(
        HttpMethod method, string pathAndQuery, HttpContent? content, string? idempotencyKey, CancellationToken cancellationToken) =>
        SendAsync(method, pathAndQuery, content, idempotencyKey, ReadAsync<T>, cancellationToken);

    /// <summary>Sends a request and reads the answer, headers included.</summary>
    public async Task<T> SendAsync<T>(
        HttpMethod method,
        string pathAndQuery,
        HttpContent? content,
        string? idempotencyKey,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var uri = _options.HttpUri(pathAndQuery);
        using var request = new HttpRequestMessage(method, uri) { Content = content };
        if (idempotencyKey is not null)
        {
            request.Headers.Add(IdempotencyKeyHeader, idempotencyKey);
        }

        if (_options.Effective is { } credential)
        {
            foreach (var (name, value) in await credential.HeadersAsync(_options.TimeProvider, cancellationToken).ConfigureAwait(false))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await ProblemDetails.ReadAsync(response, uri, cancellationToken).ConfigureAwait(false);
            }

            return await read(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw RealtimeConnectionException.NotOpened(uri, null, e);
        }
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync(TypeInfo<T>(), cancellationToken).ConfigureAwait(false)
        ?? throw RealtimeConnectionException.NotOpened(response.RequestMessage!.RequestUri!, response.StatusCode, null);

    public void Dispose() => _http.Dispose();
}
