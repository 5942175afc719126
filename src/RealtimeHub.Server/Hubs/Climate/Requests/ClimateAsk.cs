using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>A climate request of any kind on its way through the checks; each layer fills in what it has found.</summary>
/// <remarks>Used by one call.</remarks>
internal sealed class ClimateAsk
{
    public required string Kind { get; init; }

    /// <summary>What <c>stream</c> has to say, if it says anything.</summary>
    public required string Stream { get; init; }

    public string? GivenStream { get; init; }

    /// <summary>The member that names the variables.</summary>
    public required string NamesField { get; init; }

    public IReadOnlyList<string?>? Names { get; init; }

    public string? GivenTimeMode { get; init; }

    public ClimateDomain? Domain { get; init; }

    public ClimateOptions Options { get; init; } = new();

    public string? OnProtected { get; init; }

    public string? GivenSource { get; init; }

    public string? Method { get; init; }

    public string? GivenLevel { get; init; }

    public string? Tile { get; init; }

    public DateTimeOffset? Time { get; init; }

    /// <summary>What the policy is asked for, where that does not follow from the kind.</summary>
    public CareKind? Care { get; init; }

    // What the layers find.
    public string TimeMode { get; set; } = TimeModes.Realtime;

    public IFieldSource? Source { get; set; }

    public FieldCatalogue Catalogue => Source!.Catalogue;

    public GeoBox Box { get; set; }

    public GridWindow Window { get; set; }

    public IReadOnlyList<string> Variables { get; set; } = [];

    public TimeSpan Interval { get; set; }

    public string? Level { get; set; }

    /// <summary>The decision that refused it, if one did.</summary>
    public string? RefusedBy { get; set; }

    public bool IsPoint => Domain?.Point is not null;

    public static ProtocolError Bad(string field, string message, string? value = null, string? bound = null) =>
        ErrorCodes.InvalidRequest.With($"{field}: {message}", new FieldError(field, message, value is null ? null : FieldError.Preview(value), bound));
}
