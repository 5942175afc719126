using System.Net.Http.Headers;

namespace RealtimeHub.Client.Transport;

/// <summary>Gives every HTTP request its credential, if there is a provider of them. Thread-safe.</summary>
internal sealed class CredentialHandler(CredentialProvider? provider, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (provider is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await provider(null, cancellationToken).ConfigureAwait(false));
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
