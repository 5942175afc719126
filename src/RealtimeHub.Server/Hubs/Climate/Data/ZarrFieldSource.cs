using RealtimeHub.Server.Hubs.Climate.Data.Cf;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>Fields from a Zarr store as it was when it was inspected. Thread-safe.</summary>
/// <param name="dataset">The store, understood.</param>
/// <param name="cache">Decoded time steps; may be shared by many sources.</param>
/// <param name="onChanged">Called when a chunk turns out to be another than at the inspection; it must not block.</param>
internal sealed class ZarrFieldSource(CfDataset dataset, FieldStepCache cache, Action? onChanged = null) : IFieldSource
{
    public FieldCatalogue Catalogue { get; } = dataset.Catalogue;

    /// <summary>Inspects and opens one store that nobody watches.</summary>
    /// <exception cref="ZarrFormatException">It cannot be served.</exception>
    public static async ValueTask<ZarrFieldSource> OpenAsync(
        string directory, FieldStepCache cache, CancellationToken cancellationToken, ZarrLimits? limits = null)
    {
        var inspection = await new StoreInspector(limits ?? ZarrLimits.Default).InspectAsync(Path.GetFullPath(directory), null, cancellationToken);
        return new ZarrFieldSource(await inspection.ReadAsync(cancellationToken), cache);
    }

    public async ValueTask<FieldRead> ReadAsync(FieldRequest request, CancellationToken cancellationToken)
    {
        var window = request.Window ?? Catalogue.Grid.Whole;
        if (!dataset.Variables.TryGetValue(request.Variable, out var variable))
        {
            return FieldRead.None(FieldReadStatus.VariableNotAvailable, $"{Catalogue.Id} has no variable of this name");
        }

        if (request.TimeIndex < 0 || request.TimeIndex >= Catalogue.Times.Count)
        {
            return FieldRead.None(FieldReadStatus.TimeNotAvailable, $"{Catalogue.Id} has {Catalogue.Times.Count} times");
        }

        if (!window.Fits(Catalogue.Grid.Rows, Catalogue.Grid.Columns))
        {
            return FieldRead.None(FieldReadStatus.OutsideGrid, $"the grid has {Catalogue.Grid.Rows} rows and {Catalogue.Grid.Columns} columns");
        }

        var level = request.Level is { } wanted ? variable.Variable.IndexOfLevel(wanted) : 0;
        if (level < 0)
        {
            return FieldRead.None(FieldReadStatus.LevelNotAvailable, $"{request.Variable} is not there on this level");
        }

        var block = new FieldBlock(level, request.Level is null ? Math.Max(1, variable.Variable.Levels.Count) : 1, window);
        try
        {
            return FieldRead.Of(ToField(variable, request.TimeIndex, block, await ReadAsync(variable, request.TimeIndex, block, cancellationToken)));
        }
        catch (StoreChangedException e)
        {
            onChanged?.Invoke();
            return FieldRead.None(FieldReadStatus.SourceChanged, e.Message);
        }
    }

    private Field ToField(CfVariable variable, int timeIndex, FieldBlock block, float[] values) => new(
        variable.Variable,
        variable.HasTime ? Catalogue.Times[timeIndex] : null,
        variable.Variable.HasLevels ? [.. variable.Variable.Levels.Skip(block.Level).Take(block.Levels)] : [],
        Catalogue.Grid.Cut(block.Window),
        values,
        Catalogue.Provenance.Digest);

    private async ValueTask<float[]> ReadAsync(CfVariable variable, int timeIndex, FieldBlock block, CancellationToken cancellationToken)
    {
        var grid = Catalogue.Grid;
        var all = new FieldBlock(0, Math.Max(1, variable.Variable.Levels.Count), grid.Whole);
        if ((long)all.Levels * grid.Points * sizeof(float) > cache.MaxStepBytes)
        {
            return await DecodeAsync(variable, timeIndex, block, cancellationToken);
        }

        var key = new FieldStepKey(Catalogue.Provenance.Digest, variable.Variable.Name, variable.HasTime ? dataset.StoreTimes[timeIndex] : -1);
        if (!cache.TryGet(key, out var step))
        {
            step = await DecodeAsync(variable, timeIndex, all, cancellationToken);
            cache.Add(key, step);
        }

        return block.CutFrom(step, grid.Rows, grid.Columns);
    }

    // Reads a block from the store, opening only the chunks it touches, and turns its axes.
    private async ValueTask<float[]> DecodeAsync(CfVariable variable, int timeIndex, FieldBlock block, CancellationToken cancellationToken)
    {
        var (level, levels, window) = block;
        var start = new List<int>(4);
        var count = new List<int>(4);
        if (variable.HasTime)
        {
            start.Add(dataset.StoreTimes[timeIndex]);
            count.Add(1);
        }

        var flipLevels = variable.Variable.HasLevels && dataset.Levels!.IsFlipped;
        if (variable.Variable.HasLevels)
        {
            start.Add(flipLevels ? variable.Variable.Levels.Count - level - levels : level);
            count.Add(levels);
        }

        start.AddRange([dataset.Grid.IsFlipped ? Catalogue.Grid.Rows - window.Row - window.Rows : window.Row, window.Column]);
        count.AddRange([window.Rows, window.Columns]);
        var values = await ReadValuesAsync(variable, new ZarrSlab([.. start], [.. count]), cancellationToken);
        if (flipLevels)
        {
            FieldAxes.FlipBlocks<float>(values, window.Rows * window.Columns);
        }

        if (dataset.Grid.IsFlipped)
        {
            FieldAxes.FlipRows<float>(values, window.Rows, window.Columns);
        }

        return values;
    }

    private static async ValueTask<float[]> ReadValuesAsync(CfVariable variable, ZarrSlab slab, CancellationToken cancellationToken)
    {
        if (variable.Packing.IsPlain)
        {
            return await variable.Array.ReadAsync<float>(slab, cancellationToken);
        }

        var stored = await variable.Array.ReadAsync<double>(slab, cancellationToken);
        return Array.ConvertAll(stored, variable.Packing.Unpack);
    }
}
