using RealtimeHub.Protocol.Climate;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Server.Hubs.Climate.Masking;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Makes the numbers of a recipe: for frames, and again when one is verified. Thread-safe.</summary>
internal sealed class FrameComputer(FieldSourceDirectory sources, GridComputer grids, XaiComputer explanations, TileComputer tiles, ComputingTime cpu)
{
    /// <summary>Computes a recipe.</summary>
    /// <param name="recipe">What to compute.</param>
    /// <param name="mask">What may be seen of it.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <exception cref="SourceChangedException">The source is gone, or its data are not those of the recipe.</exception>
    /// <exception cref="Models.ModelUnavailableException">The model of the recipe does not answer.</exception>
    public async Task<ComputedFrame> ComputeAsync(FrameRecipe recipe, GridMask mask, CancellationToken cancellationToken)
    {
        var question = Ask(recipe, mask);
        return recipe.Kind switch
        {
            FrameKinds.Fields => Cut(question, await grids.FieldsAsync(question, cancellationToken)),
            FrameKinds.Drivers => Cut(question, await grids.DriversAsync(question, cancellationToken)),
            FrameKinds.Tile => Draw(question, await PlanesOfTileAsync(question, cancellationToken)),
            FrameKinds.Xai => await explanations.ComputeAsync(question, cancellationToken),
            _ => throw new ArgumentException($"There is no recipe of kind {recipe.Kind}.", nameof(recipe)),
        };
    }

    private Task<GridPlanes> PlanesOfTileAsync(GridQuestion question, CancellationToken cancellationToken) =>
        DriverNames.TryGet(question.Recipe.Variables[0], out _) ? grids.DriversAsync(question, cancellationToken) : grids.FieldsAsync(question, cancellationToken);

    private GridQuestion Ask(FrameRecipe recipe, GridMask mask)
    {
        if (sources.Find(recipe.Source) is not { } source || source.Catalogue.Provenance.Digest != recipe.SourceDigest)
        {
            throw new SourceChangedException($"{recipe.Source} does not have the data of the recipe any more.");
        }

        var located = source.Catalogue.Times.Locate(recipe.AnalysisTime);
        if (located.Match is not TimeMatch.Exact)
        {
            throw new SourceChangedException($"{recipe.Source} has no data of {recipe.AnalysisTime:O}.");
        }

        return new GridQuestion(recipe, mask.IsClear ? source : new MaskedFieldSource(source, mask), mask, located.EarlierIndex);
    }

    private ComputedFrame Draw(GridQuestion question, GridPlanes planes) => cpu.Measure(() => tiles.Compute(question, planes));

    private ComputedFrame Cut(GridQuestion question, GridPlanes planes)
    {
        var blocks = cpu.Measure(() => question.Recipe.Variables.Select(name => PlaneCut.Cut(planes.Planes[name], question.Grid, question.Recipe.Window)).ToList());
        return new ComputedFrame(question.Recipe with { ModelVersion = planes.ModelVersion }, blocks);
    }
}
