namespace RealtimeHub.Client.Credentials;

internal sealed class BearerCredential(Func<CancellationToken, ValueTask<string>> provider) : RealtimeCredential
{
    internal override async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> HeadersAsync(TimeProvider time, CancellationToken cancellationToken) =>
        [new("Authorization", $"Bearer {await provider(cancellationToken).ConfigureAwait(false)}")];

    internal override async ValueTask<string?> RefreshAsync(CancellationToken cancellationToken) => await provider(cancellationToken).ConfigureAwait(false);
}
