using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Hubs.Climate.Masking;

/// <summary>A source as a policy decision lets it be seen. Thread-safe.</summary>
internal sealed class MaskedFieldSource(IFieldSource inner, GridMask mask) : IFieldSource
{
    public FieldCatalogue Catalogue => inner.Catalogue;

    public async ValueTask<FieldRead> ReadAsync(FieldRequest request, CancellationToken cancellationToken)
    {
        // Always the whole grid: a group's mean is that of all its points, whatever window was asked for.
        var read = await inner.ReadAsync(request with { Window = null }, cancellationToken);
        if (!read.IsRead)
        {
            return read;
        }

        var field = read.Field;
        var points = Catalogue.Grid.Points;
        for (var start = 0; start < field.Values.Length; start += points)
        {
            mask.HideInput(field.Values.AsSpan(start, points));
        }

        if (request.Window is not { } window || window == Catalogue.Grid.Whole)
        {
            return read;
        }

        return window.Fits(Catalogue.Grid.Rows, Catalogue.Grid.Columns)
            ? FieldRead.Of(field with
            {
                Grid = Catalogue.Grid.Cut(window),
                Values = new FieldBlock(0, field.Values.Length / points, window).CutFrom(field.Values, Catalogue.Grid.Rows, Catalogue.Grid.Columns),
            })
            : FieldRead.None(FieldReadStatus.OutsideGrid, $"the grid has {Catalogue.Grid.Rows} rows and {Catalogue.Grid.Columns} columns");
    }
}
