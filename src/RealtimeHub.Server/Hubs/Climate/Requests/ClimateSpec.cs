using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>A request in its one normal form: equal specs are one channel and one computation. Immutable.</summary>
internal sealed record ClimateSpec
{
    private const int NameDigits = 32;

    public required string Kind { get; init; }

    public required string Source { get; init; }

    public required string TimeMode { get; init; }

    /// <summary>In the order of the allow-list, each once.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    public required RecipeWindow Window { get; init; }

    public long Seed { get; init; }

    public int Member { get; init; }

    public long LeadSeconds { get; init; }

    /// <summary>The one time that is asked for.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The first time of history.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The last time of history.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Wall time per hour of data, in history.</summary>
    public TimeSpan? WallTimePerDataHour { get; init; }

    /// <summary>When history began to play, by the wall clock.</summary>
    public DateTimeOffset? Origin { get; init; }

    public IReadOnlyList<double>? StormMotion { get; init; }

    public string? Method { get; init; }

    public string? Level { get; init; }

    public int? BackgroundRows { get; init; }

    public int? H3Resolution { get; init; }

    public int? Frames { get; init; }

    public string? Tile { get; init; }

    /// <summary>The sort of reader that the policy lets see this content.</summary>
    public required string ContentKey { get; init; }

    /// <summary>What is masked in the place; frames made under another mask are never in this channel's log.</summary>
    public required string MaskKey { get; init; }

    /// <summary>The channel of this content: its family and the hash of the spec.</summary>
    public ChannelName ToChannelName()
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this, ClimateSpecJsonContext.Default.ClimateSpec);
        return ChannelName.Parse($"{ClimateFamilies.NameOf(Kind)}:{Multihash.Sha256(text).Substring(Multihash.Sha256Prefix.Length, NameDigits)}");
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClimateSpec))]
internal sealed partial class ClimateSpecJsonContext : JsonSerializerContext;
