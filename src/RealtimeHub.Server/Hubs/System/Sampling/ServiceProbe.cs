using System.Net.Http.Headers;
using System.Text;
using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Asks a service over HTTP whether it is healthy. Thread-safe.</summary>
/// <remarks>Owns its client: one of the factory's would log URLs, and those may hold secrets.</remarks>
internal sealed class ServiceProbe(TimeProvider time) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // What is watched is this server's own neighbourhood; a proxy's answer would say nothing of it.
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        // Each probe has its own limit.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => _client.Dispose();

    /// <summary>Asks once. Anything but an answer from 200 to 299 in time is unhealthy, with a sentence that repeats nothing of the URL.</summary>
    public async Task<ServiceStatus> ProbeAsync(WatchedService service, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var failure = await FailureOfAsync(service, cancellationToken);
        return new ServiceStatus
        {
            Service = service.Name,
            Status = failure is null ? ServiceStates.Healthy : ServiceStates.Unhealthy,
            LatencyMs = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 3),
            Message = failure,
            CheckedAt = time.GetUtcNow(),
        };
    }

    private async Task<string?> FailureOfAsync(WatchedService service, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(service.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = RequestTo(new Uri(service.Url));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.IsSuccessStatusCode ? null : $"It answered {(int)response.StatusCode}.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"It did not answer within {service.Timeout.TotalSeconds:0.###} s.";
        }
        catch (HttpRequestException error)
        {
            return SentenceFor(error.HttpRequestError);
        }
    }

    // HttpClient does not send a user and password that stand in the URL.
    private static HttpRequestMessage RequestTo(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped));
        if (url.UserInfo.Length > 0)
        {
            var credential = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential);
        }

        return request;
    }

    private static string SentenceFor(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "Its host name is not known.",
        HttpRequestError.ConnectionError => "The connection was refused or could not be made.",
        HttpRequestError.SecureConnectionError => "The secure connection could not be made.",
        HttpRequestError.ResponseEnded => "It closed the connection without an answer.",
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "Its answer is not HTTP.",
        _ => "The request failed.",
    };
}
