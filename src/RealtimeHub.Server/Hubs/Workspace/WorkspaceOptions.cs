using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>Team workspaces.</summary>
public sealed class WorkspaceOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Workspace";

    /// <summary>How long a person who was cut off stays present. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan PresenceGrace { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Up to how many people are listed; beyond, only their number is told. Default 200.</summary>
    [Range(1, 10_000)]
    public int MaxListedMembers { get; set; } = 200;

    /// <summary>Where another service says which team specs and agents belong to: GET {url}/{kind}/{id} answers <c>{"team": …}</c> or 404. Default none: they are managed here, over HTTP.</summary>
    public Uri? DirectoryUrl { get; set; }

    /// <summary>What that service wants to see as bearer token. Give it through the environment. Default none.</summary>
    public string? DirectoryToken { get; set; }

    /// <summary>How long its answers are kept. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DirectoryCacheTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to answer. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan DirectoryTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Where the owners that are managed here are kept over restarts. Default none: until the restart.</summary>
    public string? DirectoryFile { get; set; }

    /// <summary>How many owners are managed here at most. Default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxResources { get; set; } = 100_000;
}

[OptionsValidator]
internal sealed partial class WorkspaceOptionsValidator : IValidateOptions<WorkspaceOptions>;
