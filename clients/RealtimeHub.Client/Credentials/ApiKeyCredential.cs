using RealtimeHub.Client.Transport;

namespace RealtimeHub.Client.Credentials;

internal sealed class ApiKeyCredential(string key) : RealtimeCredential
{
    internal override ValueTask<IReadOnlyList<KeyValuePair<string, string>>> HeadersAsync(TimeProvider time, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KeyValuePair<string, string>>>([new(ClientHeaders.ApiKey, key)]);
}
