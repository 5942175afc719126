using System.Collections.Frozen;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>A store understood by the CF conventions: its catalogue, and how its arrays map to it.</summary>
/// <remarks>
/// StoreTimes: the index of each of the catalogue's times in the store.
/// </remarks>
internal sealed record CfDataset(
    FieldCatalogue Catalogue,
    FrozenDictionary<string, CfVariable> Variables,
    CfGrid Grid,
    CfLevels? Levels,
    IReadOnlyList<int> StoreTimes)
{
    private const string StoreSuffix = ".zarr";

    /// <summary>Reads the coordinates of a store.</summary>
    /// <exception cref="ZarrFormatException">It holds no fields on one grid.</exception>
    public static async ValueTask<CfDataset> ReadAsync(ZarrStore store, string digest, IReadOnlyList<int> storeTimes, CancellationToken cancellationToken)
    {
        var roles = CfRoles.Find([.. store.Arrays.Select(a => a.Metadata)]);
        var grid = await CfGrid.ReadAsync(store, roles, cancellationToken);
        var levels = await CfLevels.ReadAsync(store, roles, cancellationToken);
        var times = await CfTimes.ReadAsync(store, roles, storeTimes, cancellationToken);
        var variables = new Dictionary<string, CfVariable>(StringComparer.Ordinal);
        var skipped = new List<SkippedArray>();
        foreach (var array in store.Arrays.Where(a => !roles.IsAuxiliary(a.Metadata)))
        {
            if (Shape(array.Metadata, roles, grid, levels) is not { } shape)
            {
                skipped.Add(new SkippedArray(array.Metadata.Name, "its dimensions are not time, level, row and column of the grid in this order"));
            }
            else if ((long)grid.Grid.Points * (shape.HasLevel ? levels!.Values.Length : 1) > store.Limits.MaxValuesPerRead)
            {
                skipped.Add(new SkippedArray(array.Metadata.Name, $"one time has more than {store.Limits.MaxValuesPerRead} values"));
            }
            else
            {
                variables.Add(array.Metadata.Name, Variable(array, shape.HasTime, shape.HasLevel ? levels : null));
            }
        }

        var id = store.Name.EndsWith(StoreSuffix, StringComparison.Ordinal) ? store.Name[..^StoreSuffix.Length] : store.Name;
        var catalogue = new FieldCatalogue(
            id,
            store.Attributes.Text("title") ?? id,
            grid.Grid,
            times,
            await CfTimes.ReadReferenceTimeAsync(store, roles, cancellationToken),
            variables.ToFrozenDictionary(v => v.Key, v => v.Value.Variable, StringComparer.Ordinal),
            skipped,
            Provenance(store, digest));
        return new CfDataset(catalogue, variables.ToFrozenDictionary(StringComparer.Ordinal), grid, levels, storeTimes);
    }

    private static (bool HasTime, bool HasLevel)? Shape(ZarrArrayMetadata array, CfRoles roles, CfGrid grid, CfLevels? levels)
    {
        if (array.Dimensions is not { Count: >= 2 } dimensions)
        {
            return null;
        }

        var left = 0;
        var hasTime = dimensions[left] == roles.TimeDimension;
        left += hasTime ? 1 : 0;
        var hasLevel = levels is not null && dimensions[left] == levels.Dimension;
        left += hasLevel ? 1 : 0;
        var isOnGrid = dimensions.Count == left + 2 && dimensions[left] == grid.RowDimension && dimensions[left + 1] == grid.ColumnDimension;
        var hasItsSize = isOnGrid
            && (!hasTime || array.Shape[0] == roles.Time!.Shape[0])
            && (!hasLevel || array.Shape[left - 1] == levels!.Values.Length)
            && array.Shape[left] == grid.Grid.Rows
            && array.Shape[left + 1] == grid.Grid.Columns;
        return hasItsSize ? (hasTime, hasLevel) : null;
    }

    private static CfVariable Variable(ZarrArray array, bool hasTime, CfLevels? levels)
    {
        var attributes = array.Metadata.Attributes;
        var variable = new FieldVariable(
            array.Metadata.Name,
            attributes.Text("units") ?? "",
            attributes.Text("standard_name"),
            attributes.Text("long_name"),
            levels is null ? [] : Array.AsReadOnly(levels.Values),
            levels?.Units,
            attributes.Number("height_m"),
            attributes.Text("cell_methods"),
            IsDerived: attributes.Text("derived") == "yes",
            IsStatic: !hasTime);
        return new CfVariable(variable, array, hasTime, CfPacking.Of(attributes));
    }

    private static SourceProvenance Provenance(ZarrStore store, string digest)
    {
        var readme = Path.Combine(Path.GetDirectoryName(store.Directory) ?? "", "README.md");
        var attributes = store.Attributes;
        return new SourceProvenance(
            store.Name,
            digest,
            attributes.Text("institution"),
            attributes.Text("source"),
            attributes.Text("license"),
            attributes.Text("grid"),
            attributes.Text("precision"),
            File.Exists(readme) ? readme : null);
    }
}
