using System.Globalization;
using System.Text;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Drivers;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Models;
using RealtimeHub.Server.Hubs.Climate.Training;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Computes variables and drivers on whole grids. Thread-safe.</summary>
/// <remarks>Always the whole grid: neighbours matter, and what a cell's value is must not hang on the box that was asked for.</remarks>
internal sealed class GridComputer(IClimateModel model, GridCache cache, ComputingTime cpu)
{
    /// <summary>The variables of a recipe, each with where its values come from.</summary>
    public Task<GridPlanes> FieldsAsync(GridQuestion question, CancellationToken cancellationToken) =>
        cache.GetOrAddAsync(KeyOf(question), () => ComputeFieldsAsync(question, cancellationToken));

    /// <summary>The drivers of a recipe. Between analyses the surface is the predicted one, over the columns of the analysis.</summary>
    public Task<GridPlanes> DriversAsync(GridQuestion question, CancellationToken cancellationToken) =>
        cache.GetOrAddAsync(KeyOf(question), () => ComputeDriversAsync(question, cancellationToken));

    /// <summary>The surface that predictions start from, with a member's noise, and its grid.</summary>
    /// <exception cref="SourceChangedException">The source is no longer what the recipe says.</exception>
    public static async ValueTask<(ClimateGrid Grid, Science.Climate.SurfaceFields Surface)> SurfaceAsync(GridQuestion question, CancellationToken cancellationToken)
    {
        var grid = await SurfaceReading.ReadGridAsync(question.Source, cancellationToken);
        var surface = await SurfaceReading.ReadAsync(question.Source, question.AnalysisIndex, cancellationToken);
        return (grid, EnsemblePerturbation.Apply(grid, surface, (ulong)question.Recipe.Seed, question.Recipe.Member));
    }

    private static string KeyOf(GridQuestion question)
    {
        var recipe = question.Recipe;
        var text = new StringBuilder().AppendJoin(
            '\0',
            recipe.Kind,
            recipe.SourceDigest,
            question.Mask.Key,
            recipe.ModelVersion,
            string.Create(CultureInfo.InvariantCulture, $"{recipe.Time.UtcTicks} {recipe.AnalysisTime.UtcTicks} {(recipe.Member > 0 ? recipe.Seed : 0)} {recipe.Member} {recipe.StormMotion?[0]} {recipe.StormMotion?[1]}"));
        return text.Append('\0').AppendJoin('\0', recipe.Variables).ToString();
    }

    private async Task<GridPlanes> ComputeFieldsAsync(GridQuestion question, CancellationToken cancellationToken)
    {
        var predictable = question.Recipe.Variables.Where(name => ClimateVariables.TryParse(name, out _)).ToList();
        var answer = question.IsPredictable && predictable.Count > 0 && SurfaceReading.Problem(question.Source.Catalogue) is null
            ? await PredictAsync(question, [.. predictable.Select(Parse)], cancellationToken)
            : null;
        var planes = new Dictionary<string, GridPlane>();
        foreach (var name in question.Recipe.Variables)
        {
            var plane = ClimateVariables.TryParse(name, out var variable) && answer?.Values.GetValueOrDefault(variable) is { } values
                ? GridPlane.Of(name, ClimateVariables.UnitOf(variable), ValueOrigins.Model, values)
                : await ReadAsync(question, name, cancellationToken);
            planes[name] = plane.Hide(question.Mask, question.Grid.Points);
        }

        return new GridPlanes(planes, answer?.Version);
    }

    private async Task<GridPlanes> ComputeDriversAsync(GridQuestion question, CancellationToken cancellationToken)
    {
        var answer = question.IsPredictable ? await PredictAsync(question, ClimateVariables.All, cancellationToken) : null;
        var columns = await ColumnReading.ReadAsync(question.Source, question.AnalysisIndex, answer?.Values, cancellationToken);
        var names = question.Recipe.Variables;
        var fields = cpu.Measure(() => GridDrivers.Compute(columns, OptionsOf(question.Recipe), DriverNames.GroupsOf(names), 1, cancellationToken));
        var planes = new Dictionary<string, GridPlane>();
        foreach (var name in names)
        {
            DriverNames.TryGet(name, out var description);
            var values = new float[question.Grid.Points];
            var computed = fields[description.Driver];
            for (var cell = 0; cell < values.Length; cell++)
            {
                values[cell] = (float)computed[cell];
            }

            var origin = question.IsPredictable ? ValueOrigins.Model : question.LeadSeconds > 0 ? ValueOrigins.Held : ValueOrigins.Source;
            planes[name] = GridPlane.Of(name, description.Unit, origin, values).Hide(question.Mask, question.Grid.Points);
        }

        return new GridPlanes(planes, answer?.Version);
    }

    private static DriverOptions OptionsOf(FrameRecipe recipe) => recipe.StormMotion is [var u, var v]
        ? DriverOptions.Default with { PrescribedMotion = new WindVector(u, v) }
        : DriverOptions.Default;

    private async ValueTask<ModelAnswer> PredictAsync(GridQuestion question, IReadOnlyList<ClimateVariable> variables, CancellationToken cancellationToken)
    {
        var (grid, surface) = await SurfaceAsync(question, cancellationToken);
        var asked = new ModelQuestion(grid, surface, variables, question.LeadSeconds, question.Recipe.ModelVersion);

        // The embedded model answers before this returns; what another machine works is not ours to count.
        return await cpu.Measure(() => model.PredictAsync(asked, cancellationToken));
    }

    private static async ValueTask<GridPlane> ReadAsync(GridQuestion question, string name, CancellationToken cancellationToken)
    {
        if (!VariableName.TryResolve(question.Source.Catalogue, name, out var resolved, out var variable))
        {
            throw new SourceChangedException($"{question.Source.Catalogue.Id} no longer has {name}.");
        }

        var read = await question.Source.ReadAsync(new FieldRequest(resolved.Source, question.AnalysisIndex, resolved.Level), cancellationToken);
        if (!read.IsRead)
        {
            throw new SourceChangedException($"{name} cannot be read: {read.Why}.");
        }

        var origin = variable.IsStatic || question.LeadSeconds == 0 ? ValueOrigins.Source : ValueOrigins.Held;
        return new GridPlane(name, variable.Units, origin, read.Field.Values, read.Field.Levels, variable.HasLevels ? variable.LevelUnits : null);
    }

    private static ClimateVariable Parse(string name) => ClimateVariables.TryParse(name, out var variable) ? variable : throw new ArgumentException($"{name} is not predicted.");
}
