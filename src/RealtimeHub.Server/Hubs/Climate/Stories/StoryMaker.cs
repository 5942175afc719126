using System.Globalization;
using System.Text;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Masking;
using RealtimeHub.Server.Hubs.Climate.Models;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Policy;
using ProvenanceReference = RealtimeHub.Protocol.Governance.Provenance;

namespace RealtimeHub.Server.Hubs.Climate.Stories;

/// <summary>Makes story nodes of the same numbers that frames carry, under the same policy. Thread-safe.</summary>
internal sealed class StoryMaker(
    ClimatePlanner planner, CareDecider decider, FieldSourceDirectory sources, DataClockFactory clocks, FrameComputer computer, FrameAssembler assembler, TimeProvider time)
{
    private static readonly string[] Variables = ["t2m", "td2m", "u10", "v10"];
    private static readonly string[] Drivers = ["cape", "cin", "srh_0_3km", "bulk_shear_0_6km"];

    // Customary marks of a strongly unstable or sheared column; a count of cells, not a warning.
    private static readonly (string Driver, double AtLeast, string Unit)[] Thresholds =
        [("cape", 1000, "J/kg"), ("srh_0_3km", 150, "m²/s²"), ("bulk_shear_0_6km", 18, "m/s")];

    /// <summary>Makes a story.</summary>
    /// <param name="request">Of where and when.</param>
    /// <param name="principal">Who is told.</param>
    /// <param name="book">Takes the lineage: the activity that made it, or the decision that refused it.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    public async Task<(StoryNode? Story, ProtocolError? Error)> MakeAsync(
        StoryRequest request, Principal principal, Action<string?> book, CancellationToken cancellationToken)
    {
        var (ofFields, ofDrivers) = (Ask(request, FrameKinds.Fields, "variables", Variables), Ask(request, FrameKinds.Drivers, "drivers", Drivers));
        ClimatePlan? drivers = null;
        if ((planner.Plan(ofFields, principal, out var fields) ?? planner.Plan(ofDrivers, principal, out drivers)) is { } error)
        {
            book(ofFields.RefusedBy ?? ofDrivers.RefusedBy);
            return (null, error);
        }

        try
        {
            var story = await MakeAsync(request, fields!, drivers!, cancellationToken);
            book(story.Prov.Activity);
            return (story, null);
        }
        catch (Exception e) when (e is SourceChangedException or ModelUnavailableException)
        {
            return (null, ErrorCodes.Unavailable.With(e.Message));
        }
    }

    private async Task<StoryNode> MakeAsync(StoryRequest request, ClimatePlan fields, ClimatePlan drivers, CancellationToken cancellationToken)
    {
        var source = sources.Find(fields.Spec.Source) ?? throw new SourceChangedException($"{fields.Spec.Source} is not there any more.");
        var instant = clocks.Create(source.Catalogue.Times).Now;
        var now = request.Time ?? instant.Time;
        var (field, fieldFrame) = await ComputeAsync(fields, source.Catalogue, now, request.Time is null ? instant : null, cancellationToken);
        var (driver, driverFrame) = await ComputeAsync(drivers, source.Catalogue, now, request.Time is null ? instant : null, cancellationToken);
        var grid = PayloadMaker.GridOf(source.Catalogue.Grid, fields.Spec.Window);
        var box = BoxOf(grid, source.Catalogue.Grid, fields.Spec.Window);
        var center = new[] { (box[0] + box[2]) / 2, (box[1] + box[3]) / 2 };
        return new StoryNode
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"{center[1]:0.##} N, {center[0]:0.##} E at {UtcTimestampConverter.ToText(now)}"),
            Narrative = Tell(fieldFrame, source.Catalogue),
            Entities = [source.Catalogue.Id, .. fieldFrame.Recipe.ModelVersion is { } version ? [version] : Array.Empty<string>(), .. Variables, .. Drivers],
            FocusLayers = [.. Variables, .. Drivers],
            FocusTime = now,
            FocusCenter = center,
            GeospatialContext = new GeospatialContext(box, "EPSG:4326", grid),
            ClimateDrivers = driverFrame.Numbers.ToDictionary(n => n.Name, n => PayloadMaker.FieldOf(n, driverFrame.Recipe)),
            HazardContext = [.. Thresholds.Select(t => Above(driverFrame[t.Driver], t.AtLeast, t.Unit)).OfType<string>()],
            SovereigntyMasked = field.Care.Masking != CareMaskings.None,
            Recipes = [fieldFrame.Recipe, driverFrame.Recipe],
            Care = field.Care,
            Prov = new ProvenanceReference(field.Prov.Activity, [driver.Prov.Activity, .. field.Prov.Used.Union(driver.Prov.Used)], field.Prov.Agent),
            Checksums = Checksums.Of(Encoding.ASCII.GetBytes(fieldFrame.Multihash + driverFrame.Multihash)),
            Stac = new StacReferences([.. field.Stac.Items, .. driver.Stac.Items]),
        };
    }

    private async Task<(FrameGovernance Governance, ComputedFrame Frame)> ComputeAsync(
        ClimatePlan plan, FieldCatalogue catalogue, DateTimeOffset now, DataInstant? instant, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var decision = decider.DecideContent(plan.Request);
        if (!decision.IsAllowed)
        {
            throw new SourceChangedException("The policy has changed and shows nothing of this any more.");
        }

        var frame = await computer.ComputeAsync(RecipeMaker.Make(plan.Spec, catalogue, now, decision), GridMasks.Of(decision), cancellationToken);
        return (assembler.Govern(new FrameContext(plan.Request, decision, catalogue, plan.Spec.TimeMode, instant, started), frame), frame);
    }

    private static ClimateAsk Ask(StoryRequest request, string kind, string field, IReadOnlyList<string> names) => new()
    {
        Kind = kind,
        Stream = kind == FrameKinds.Fields ? ClimateStreams.Fields : ClimateStreams.Drivers,
        NamesField = field,
        Names = names,
        Domain = request.Domain,
        Options = new ClimateOptions { Zoom = request.Zoom },
        OnProtected = request.OnProtected,
        GivenSource = request.Source,
        Time = request.Time,
        Care = CareKind.Story,
    };

    private static string Tell(ComputedFrame frame, FieldCatalogue catalogue)
    {
        var recipe = frame.Recipe;
        var (t2m, td2m) = (PayloadMaker.FieldOf(frame["t2m"], recipe), PayloadMaker.FieldOf(frame["td2m"], recipe));
        if (t2m.Mean is null)
        {
            return "Nothing of this place is shown.";
        }

        var (u, v) = (PayloadMaker.FieldOf(frame["u10"], recipe).Mean ?? 0, PayloadMaker.FieldOf(frame["v10"], recipe).Mean ?? 0);
        var origin = t2m.Origin == ValueOrigins.Model
            ? $"Predicted by {recipe.ModelVersion} from the data of {UtcTimestampConverter.ToText(recipe.AnalysisTime)}, not observed."
            : $"Values of the source at {UtcTimestampConverter.ToText(recipe.AnalysisTime)}.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Air temperature at 2 m is {t2m.Mean - 273.15:0.0} °C on average, from {t2m.Min - 273.15:0.0} to {t2m.Max - 273.15:0.0} °C; the dewpoint is {td2m.Mean - 273.15:0.0} °C on average. The mean wind at 10 m is {Math.Sqrt((u * u) + (v * v)):0.0} m/s. {origin} Source: {catalogue.Title}.");
    }

    private static string? Above(NumberBlock block, double atLeast, string unit)
    {
        var shown = block.Values.Count(v => !float.IsNaN(v));
        var above = block.Values.Count(v => v >= atLeast);
        return above == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{block.Name} is at least {atLeast} {unit} in {above} of {shown} shown cells.");
    }

    // Around the cells of a regular grid; of another, around its points.
    private static double[] BoxOf(ClimateGridSpec spec, FieldGrid grid, RecipeWindow window)
    {
        if (spec is not { Latitude: { } south, Longitude: { } west, LatitudeStep: { } down, LongitudeStep: { } across })
        {
            var extent = grid.Cut(new GridWindow(window.Row, window.Column, window.Rows, window.Columns)).Extent;
            return [extent.West, extent.South, extent.East, extent.North];
        }

        return [west - (across / 2), south - (down / 2), west + (across * (spec.Columns - 0.5)), south + (down * (spec.Rows - 0.5))];
    }
}
