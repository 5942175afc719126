using System.Globalization;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Explain;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Training;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>What a recipe that a caller sends has to say before anything is computed by it: it costs no more than a frame may.</summary>
internal sealed class ClimateRecipeRules(IOptions<ClimateHubOptions> options)
{
    private static readonly string[] Kinds = [FrameKinds.Fields, FrameKinds.Drivers, FrameKinds.Xai, FrameKinds.Tile];

    public ProtocolError? Check(FrameRecipe recipe, FieldCatalogue catalogue)
    {
        var (limits, window) = (options.Value, recipe.Window);
        var lead = (recipe.Time - recipe.AnalysisTime).TotalSeconds;
        var isXai = recipe.Kind == FrameKinds.Xai;
        return !Kinds.Contains(recipe.Kind) ? Bad("kind", recipe.Kind, string.Join(", ", Kinds))
            : window is null || window.Stride is < 1 or > 16 || !new GridWindow(window.Row, window.Column, window.Rows, window.Columns).Fits(catalogue.Grid.Rows, catalogue.Grid.Columns)
                ? Bad("window", $"{window}", $"within {catalogue.Grid.Rows} rows and {catalogue.Grid.Columns} columns, stride 1..16")
            : catalogue.Times.Locate(recipe.AnalysisTime).Match is not TimeMatch.Exact || lead < 0 || !catalogue.Times.Locate(recipe.Time).IsWithin && lead > ClimateFeatures.StepSeconds
                ? Bad("time", $"{recipe.Time:O}", $"{catalogue.Times.First:O}..{catalogue.Times.Last:O}")
            : recipe.Member is < 0 or > EnsemblePerturbation.MaxMember ? Bad("member", $"{recipe.Member}", $"0..{EnsemblePerturbation.MaxMember}")
            : recipe.Variables is not { Count: > 0 } || recipe.Variables.Count > Math.Max(limits.MaxVariables, limits.MaxDrivers) || !recipe.Variables.All(v => IsKnown(v, recipe, catalogue))
                ? Bad("variables", string.Join(", ", recipe.Variables ?? []), "what the source has")
            : recipe.StormMotion is { } motion && (motion.Count != 2 || motion.Any(v => !(Math.Abs(v) <= 100))) ? Bad("storm_motion", $"{motion.Count} numbers", "two numbers, -100..100 m/s")
            : isXai && CheckXai(recipe, limits, catalogue) is { } error ? error
            : recipe.Kind == FrameKinds.Tile && !IsTile(recipe.Tile, limits) ? Bad("tile", recipe.Tile ?? "", "z/x/y")
            : null;
    }

    private static ProtocolError? CheckXai(FrameRecipe recipe, ClimateHubOptions limits, FieldCatalogue catalogue) =>
        !XaiComputer.Methods.Contains(recipe.Method ?? "") ? Bad("method", recipe.Method ?? "", string.Join(", ", XaiComputer.Methods))
        : !XaiLevels.All.Contains(recipe.Level) ? Bad("level", recipe.Level ?? "", string.Join(", ", XaiLevels.All))
        : recipe.BackgroundRows is null or < 1 or > TreeShapley.MaxBackgroundRows ? Bad("background_rows", $"{recipe.BackgroundRows}", $"1..{TreeShapley.MaxBackgroundRows}")
        : recipe.H3Resolution is < 0 or > 7 ? Bad("h3_resolution", $"{recipe.H3Resolution}", "0..7")
        : recipe.Frames is < 1 or > 8 ? Bad("frames", $"{recipe.Frames}", "1..8")
        : (long)recipe.Window.Rows * recipe.Window.Columns > limits.MaxExplainedCells ? Bad("window", $"{recipe.Window}", $"{limits.MaxExplainedCells} cells")
        : (recipe.Time - recipe.AnalysisTime).TotalSeconds > ClimateFeatures.StepSeconds || SurfaceReading.Problem(catalogue) is not null ? Bad("time", $"{recipe.Time:O}", "at most 3 h after the analysis time")
        : null;

    private static bool IsKnown(string? name, FrameRecipe recipe, FieldCatalogue catalogue) => name is not null && recipe.Kind switch
    {
        FrameKinds.Drivers => IsDriver(name, catalogue),
        FrameKinds.Xai => ClimateVariables.TryParse(name, out _),
        FrameKinds.Tile => IsDriver(name, catalogue) || VariableName.TryResolve(catalogue, name, out _, out _),
        _ => VariableName.TryResolve(catalogue, name, out _, out _),
    };

    private static bool IsDriver(string name, FieldCatalogue catalogue) => DriverNames.TryGet(name, out _) && ColumnReading.Problem(catalogue) is null;

    private static bool IsTile(string? tile, ClimateHubOptions limits)
    {
        var parts = (tile ?? "").Split('/');
        return parts.Length == 3 && Array.TrueForAll(parts, p => uint.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _)) && int.Parse(parts[0], CultureInfo.InvariantCulture) <= limits.MaxTileZoom;
    }

    private static ProtocolError Bad(string member, string value, string bound) => ClimateAsk.Bad($"recipe.{member}", "This is no recipe of a frame.", value, bound);
}
