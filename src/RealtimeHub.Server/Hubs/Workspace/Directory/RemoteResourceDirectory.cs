using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Workspace.Directory;

/// <summary>Asks another service, and keeps its answers for a moment. Thread-safe and bounded. A service that does not answer makes it throw.</summary>
internal sealed class RemoteResourceDirectory : IResourceDirectory, IDisposable
{
    private const int MaxAnswers = 10_000;
    private const int MaxBytes = 64 << 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, string Id), (string? Team, DateTimeOffset Until)> _answers = [];
    private readonly HttpClient _http;
    private readonly WorkspaceOptions _options;
    private readonly TimeProvider _clock;

    public RemoteResourceDirectory(IOptions<WorkspaceOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = _options.DirectoryTimeout,
            MaxResponseContentBufferSize = MaxBytes,
        };
        if (_options.DirectoryToken is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public async ValueTask<string?> FindTeamAsync(string kind, string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue((kind, id), out var known) && known.Until > _clock.GetUtcNow())
            {
                return known.Team;
            }
        }

        var team = await AskAsync(kind, id, cancellationToken);
        lock (_gate)
        {
            if (_answers.Count >= MaxAnswers)
            {
                _answers.Clear();
            }

            _answers[(kind, id)] = (team, _clock.GetUtcNow() + _options.DirectoryCacheTime);
        }

        return team;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> AskAsync(string kind, string id, CancellationToken cancellationToken)
    {
        var uri = new Uri($"{_options.DirectoryUrl!.ToString().TrimEnd('/')}/{kind}/{Uri.EscapeDataString(id)}");
        using var response = await _http.GetAsync(uri, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return answer.RootElement.GetProperty("team").GetString();
    }
}
