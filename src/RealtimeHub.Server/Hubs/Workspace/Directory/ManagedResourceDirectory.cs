using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Server.Hubs.Workspace.Directory;

/// <summary>Owners that are managed here, over HTTP; with a file they outlive restarts. Thread-safe and bounded.</summary>
internal sealed class ManagedResourceDirectory : IResourceDirectory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, string Id), string> _teams = [];
    private readonly WorkspaceOptions _options;

    public ManagedResourceDirectory(IOptions<WorkspaceOptions> options)
    {
        _options = options.Value;
        if (_options.DirectoryFile is { } file && File.Exists(file))
        {
            foreach (var owner in JsonSerializer.Deserialize(File.ReadAllBytes(file), RealtimeJsonContext.Default.IReadOnlyListResourceOwner) ?? [])
            {
                _teams[(owner.Kind, owner.Id)] = owner.Team;
            }
        }
    }

    public ValueTask<string?> FindTeamAsync(string kind, string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_teams.GetValueOrDefault((kind, id)));
        }
    }

    /// <summary>Everything that a team owns; without a team everything.</summary>
    public IReadOnlyList<ResourceOwner> List(string? team)
    {
        lock (_gate)
        {
            return
            [
                .. _teams.Where(t => team is null || t.Value == team)
                    .Select(t => new ResourceOwner(t.Key.Kind, t.Key.Id, t.Value))
                    .OrderBy(o => o.Kind, StringComparer.Ordinal).ThenBy(o => o.Id, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Says whose a resource is; false if there are as many as there may be.</summary>
    public bool TrySet(string kind, string id, string team)
    {
        lock (_gate)
        {
            if (_teams.Count >= _options.MaxResources && !_teams.ContainsKey((kind, id)))
            {
                return false;
            }

            _teams[(kind, id)] = team;
            Save();
            return true;
        }
    }

    /// <summary>Forgets a resource.</summary>
    public bool Remove(string kind, string id)
    {
        lock (_gate)
        {
            var isRemoved = _teams.Remove((kind, id));
            if (isRemoved)
            {
                Save();
            }

            return isRemoved;
        }
    }

    // Whole, beside the old file, then in its place: a crash leaves the one or the other.
    private void Save()
    {
        if (_options.DirectoryFile is not { } file)
        {
            return;
        }

        IReadOnlyList<ResourceOwner> owners = [.. _teams.Select(t => new ResourceOwner(t.Key.Kind, t.Key.Id, t.Value))];
        var temporary = file + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(owners, RealtimeJsonContext.Default.IReadOnlyListResourceOwner));
        File.Move(temporary, file, overwrite: true);
    }
}
