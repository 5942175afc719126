using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>Which model predicts between analyses.</summary>
internal sealed class ClimateModelOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "ClimateModel";

    /// <summary>The file of the embedded model; relative ones start at the content root, else beside the server.</summary>
    [Required]
    public string File { get; set; } = "models/climate/kfm-climate-v11.2.2.json";

    /// <summary>Where a remote inference service answers <c>POST</c>s, see REMOTE.md. Default none: the embedded model predicts.</summary>
    public Uri? RemoteUrl { get; set; }

    /// <summary>The key that the remote service asks for, sent as <c>X-API-Key</c>. A secret: from the environment, not from a file.</summary>
    public string? RemoteApiKey { get; set; }

    /// <summary>How long one attempt may take, the answer's body included. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan RemoteTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often an attempt that failed is repeated. Default 2.</summary>
    [Range(0, 10)]
    public int RemoteRetries { get; set; } = 2;

    /// <summary>The wait before the first repeat; doubles with each, with up to a third less at random. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan RemoteBackoff { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After all attempts failed, for how long the remote service is left alone. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RemoteCoolDown { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer. Default 16 MiB.</summary>
    [Range(1_024, 1 << 30)]
    public int RemoteMaxBytes { get; set; } = 16 << 20;

    /// <summary>Whether the embedded model answers when the remote one does not; frames then carry the embedded model's version. Default true.</summary>
    public bool Fallback { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class ClimateModelOptionsValidator : IValidateOptions<ClimateModelOptions>;
