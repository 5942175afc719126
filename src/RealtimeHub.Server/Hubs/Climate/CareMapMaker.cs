using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Masks;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>Tells what the policy shows of a box, so that a map can say why something is missing or coarse. Thread-safe.</summary>
internal sealed class CareMapMaker(FieldSourceDirectory sources, CareDecider decider, IOptions<ClimateHubOptions> options)
{
    private const int Decimals = 6;

    public (CareMap? Map, ProtocolError? Error) Make(CareMapRequest request, Principal principal)
    {
        var limits = options.Value;
        if (sources.Find(request.Source ?? limits.DefaultSource) is not { } source)
        {
            return (null, request.Source is { } given
                ? ClimateAsk.Bad("source", "There is no such source.", given, string.Join(", ", sources.Sources.Select(s => s.Catalogue.Id)))
                : ErrorCodes.Unavailable.With($"The source {limits.DefaultSource} is not there now."));
        }

        // A field of nothing: only its place is checked and decided on.
        var ask = ClimateAsks.Of(new SubscribeFieldsRequest { Domain = request.Domain });
        ask.Source = source;
        if (SpaceRules.Check(ask, limits) is { } misplaced)
        {
            return (null, misplaced);
        }

        var decision = decider.Decide(new CareRequest
        {
            Principal = principal,
            Kind = CareKind.Fields,
            Place = new CarePlace.Box(ask.Box),
            Variables = [],
            TimeMode = CareTimeMode.Realtime,
            Grid = ask.Catalogue.Grid,
        });
        return decision.IsAllowed ? (MapOf(ask.Catalogue.Id, decision, decision.Mask), null) : (null, decision.Refusal);
    }

    private static CareMap MapOf(string source, CareDecision decision, CareMask mask)
    {
        var grid = mask.Grid;
        return new CareMap
        {
            Source = source,
            Decision = decision.DecisionId,
            Care = decision.Care,
            Cells = [.. mask.GroupsIn(mask.Window).OrderBy(g => g.Cell).Select(g => CellOf(g, mask))],
            Concealed =
            [
                .. from point in CareMask.Points(grid, mask.Window)
                   let row = point / grid.Columns
                   let column = point % grid.Columns
                   where mask.StateOf(row, column) is CareCellState.Concealed
                   select new ConcealedPoint(Round(grid.LongitudeAt(row, column)), Round(grid.LatitudeAt(row, column)), mask.ReasonOf(point)),
            ],
        };
    }

    private static CareMapCell CellOf(MaskGroup group, CareMask mask) => new(
        group.Cell.ToString(),
        H3Grid.GetResolution(group.Cell),
        mask.ReasonOf(group.Points[0]),
        [.. H3Grid.CellToBoundary(group.Cell).Select(c => (IReadOnlyList<double>)[Round(c.LongitudeDegrees), Round(c.LatitudeDegrees)])],
        group.Points.Length);

    private static double Round(double degrees) => Math.Round(degrees, Decimals);
}
