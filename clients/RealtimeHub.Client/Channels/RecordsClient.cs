using System.Text.Json;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Audit;

namespace RealtimeHub.Client.Channels;

/// <summary>What the server has written down: lineage, the catalogue, and the audit trail.</summary>
/// <remarks>Thread-safe. Calls throw <see cref="ProtocolErrorException"/> when the server refuses and <see cref="RealtimeConnectionException"/> when it cannot be reached.</remarks>
public sealed class RecordsClient : IDisposable
{
    private readonly HttpApi _http;

    internal RecordsClient(RealtimeClientOptions options) => _http = new HttpApi(options);

    /// <summary>An activity, a session or a decision, as PROV-O JSON-LD.</summary>
    /// <param name="activity">Its name, such as <c>urn:kfm:activity:…</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<JsonElement> LineageAsync(string activity, CancellationToken cancellationToken = default) =>
        ReadAsync($"/api/v1/prov/{Uri.EscapeDataString(activity)}", cancellationToken);

    /// <summary>One item of the catalogue, as STAC.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<JsonElement> ItemAsync(string id, CancellationToken cancellationToken = default) =>
        ReadAsync($"/api/v1/stac/items/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>Has the server check the hash chains of its own audit files.</summary>
    /// <param name="lastHash">The hash of a record that was noted elsewhere and must be there. Default: none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<AuditVerdict> VerifyAuditAsync(string? lastHash = null, CancellationToken cancellationToken = default) =>
        _http.SendAsync<AuditVerdict>(
            HttpMethod.Get, lastHash is null ? "/api/v1/audit/verify" : $"/api/v1/audit/verify?last_hash={Uri.EscapeDataString(lastHash)}", null, null, cancellationToken);

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    private Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Get, path, null, null, ReadAsync, cancellationToken);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return document.RootElement.Clone();
    }
}
