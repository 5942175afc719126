using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Audit;

/// <summary>The audit file.</summary>
public sealed class AuditOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Audit";

    /// <summary>The file, under the server's folder; rotated files get a number before the extension. Default <c>logs/audit.jsonl</c>; empty for none.</summary>
    public string Path { get; set; } = "logs/audit.jsonl";

    /// <summary>How large a file grows before the next begins. Default 64 MiB.</summary>
    [Range(1_024, 1L << 40)]
    public long MaxFileBytes { get; set; } = 64L << 20;

    /// <summary>How many full files are kept; 0 for all. Default 30.</summary>
    [Range(0, 100_000)]
    public int MaxFiles { get; set; } = 30;

    /// <summary>Makes the hashes such that only who knows it can write records. Give it through the environment. Default none.</summary>
    [StringLength(512, MinimumLength = 16, ErrorMessage = "Secret must have 16 to 512 characters.")]
    public string? Secret { get; set; }
}

[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
