using System.Globalization;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Server.Policy;

/// <summary>Says where a caller's own records may be shown to everybody. Thread-safe.</summary>
internal sealed class PointRecords(PointMasking masking)
{
    public const int MaxPoints = 1_000;

    private const int MaxIdLength = 200;
    private const string Unmasked = "none";

    // Whom no rule makes an exception for.
    private static readonly Principal Everybody = new("everybody", null, [], [], "standard");

    /// <summary>Masks what was asked for; with a refusal nothing is.</summary>
    public (MaskPointsResult? Result, ProtocolError? Error) Mask(MaskPointsRequest request, Principal caller)
    {
        if ((Check(request) ?? CheckClaim(request.Claim)) is { } error)
        {
            return (null, error);
        }

        var shown = new List<PlacedRecord>();
        foreach (var point in request.Points!)
        {
            var place = new LatLng(point.Latitude!.Value, point.Longitude!.Value);

            // A caller's ids are its own: where another's record of that name is moved to cannot be found out by asking.
            if (masking.Show(Everybody, $"{caller.Team ?? caller.Id}\0{point.Id}", place, LabelOf(point.Label)) is { } moved)
            {
                shown.Add(point with { Latitude = moved.LatitudeDegrees, Longitude = moved.LongitudeDegrees, Masking = moved == place ? Unmasked : CareMaskings.Donut });
            }
        }

        var hidden = request.Points.Count - shown.Count;
        var isMasked = hidden > 0 || shown.Exists(p => p.Masking != Unmasked);
        return (new MaskPointsResult { Points = shown, Hidden = hidden, Care = CareOf(isMasked) }, null);
    }

    private static Care CareOf(bool isMasked) => isMasked
        ? new Care(CareMaskings.Donut, CareScopes.PublicGeneralized, ["Sensitive records are shown in a ring around their place, always at the same other one; those in areas that conceal are not shown."])
        : new Care(CareMaskings.None, CareScopes.PublicStream, []);

    private static ProtocolError? Check(MaskPointsRequest request)
    {
        if (request.Points is not { Count: >= 1 and <= MaxPoints } points)
        {
            return Bad("points", "There are no records, or too many.", Text(request.Points?.Count ?? 0), $"1..{MaxPoints} records");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < points.Count; i++)
        {
            var (point, member) = (points[i], string.Create(CultureInfo.InvariantCulture, $"points[{i}]"));
            var error = point?.Id is not { Length: >= 1 and <= MaxIdLength } id ? Bad($"{member}.id", "A record needs an id.", point?.Id, $"1..{MaxIdLength} characters")
                : !ids.Add(id) ? Bad($"{member}.id", "This id is given twice.", id, "each id once")
                : point.Latitude is not (>= -90 and <= 90) ? Bad($"{member}.latitude", "A latitude is in degrees.", Text(point.Latitude), "-90..90")
                : point.Longitude is not (>= -180 and <= 180) ? Bad($"{member}.longitude", "A longitude is in degrees.", Text(point.Longitude), "-180..180")
                : point.Label is not null && LabelOf(point.Label) is null ? Bad($"{member}.label", "There is no such label.", point.Label, string.Join(", ", Enum.GetNames<SensitivityLabel>()).ToLowerInvariant())
                : null;
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private static ProtocolError? CheckClaim(KnowledgeClaim? claim) => claim is not null && KnowledgeRules.Broken(claim) is { } rule
        ? ErrorCodes.CarePolicyViolation.With("These data must not be said to be that.") with { Details = new ErrorDetails { Policy = rule, Action = "deny" } }
        : null;

    private static SensitivityLabel? LabelOf(string? label) => label is "public" or "community" or "sensitive" or "sacred" ? Enum.Parse<SensitivityLabel>(label, ignoreCase: true) : null;

    private static ProtocolError Bad(string field, string message, string? value, string bound) =>
        ErrorCodes.InvalidRequest.With($"{field}: {message}", new FieldError(field, message, value is null ? null : FieldError.Preview(value), bound));

    private static string Text(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "null";
}
