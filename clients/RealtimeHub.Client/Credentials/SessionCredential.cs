namespace RealtimeHub.Client.Credentials;

internal sealed class SessionCredential(string name, string value) : RealtimeCredential
{
    internal override ValueTask<IReadOnlyList<KeyValuePair<string, string>>> HeadersAsync(TimeProvider time, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KeyValuePair<string, string>>>([new("Cookie", $"{name}={value}")]);
}
