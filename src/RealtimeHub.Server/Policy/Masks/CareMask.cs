using System.Buffers.Binary;
using System.Security.Cryptography;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>Makes delivered values of a source's. Whatever is shown of a source goes through here first, and comes from nothing else.</summary>
/// <remarks>
/// Immutable; safe for concurrent use. Values of a window are in the order of the grid: rows from the south, columns from the west. A
/// concealed value is <see cref="float.NaN"/> (JSON <c>null</c>). Interpolate, contour, tile, aggregate and explain what comes out, never what goes in.
/// </remarks>
internal sealed class CareMask(MaskedGrid masked, GridWindow window)
{
    /// <summary>The whole grid of the source.</summary>
    public FieldGrid Grid => masked.Grid;

    /// <summary>The points that the request covers: of a box those inside, of a point the nearest, of a tile those inside and the next ones around.</summary>
    public GridWindow Window => window;

    /// <summary>Whether nothing in the window is masked, so that <see cref="Apply(ReadOnlySpan{float}, GridWindow, GridWindow)"/> would only copy.</summary>
    public bool IsOpen { get; } = Points(masked.Grid, window).All(p => masked.StateOf(p) is CareCellState.Open);

    /// <summary>Whether nothing is left to show in the window.</summary>
    public bool IsConcealed { get; } = Points(masked.Grid, window).All(p => masked.StateOf(p) is CareCellState.Concealed);

    /// <summary>What has to be read of the source to deliver a window: the window, and the whole of every cell that it meets.</summary>
    public GridWindow SourceWindow(GridWindow wanted)
    {
        var (south, west, north, east) = (wanted.Row, wanted.Column, wanted.Row + wanted.Rows, wanted.Column + wanted.Columns);
        foreach (var group in GroupsIn(wanted))
        {
            foreach (var point in group.Points)
            {
                var (row, column) = (point / Grid.Columns, point % Grid.Columns);
                (south, north) = (Math.Min(south, row), Math.Max(north, row + 1));
                (west, east) = (Math.Min(west, column), Math.Max(east, column + 1));
            }
        }

        return new GridWindow(south, west, north - south, east - west);
    }

    /// <summary>The delivered values of a window, out of the source's values of its <see cref="SourceWindow"/>.</summary>
    /// <param name="values">The source's values in <paramref name="read"/>; missing ones are NaN, and a mean needs k others.</param>
    /// <param name="read">A window that holds the <see cref="SourceWindow"/> of the other.</param>
    /// <param name="wanted">The window to deliver.</param>
    public float[] Apply(ReadOnlySpan<float> values, GridWindow read, GridWindow wanted)
    {
        RequireRead(values.Length, read, wanted);
        var delivered = new float[wanted.Rows * wanted.Columns];
        var means = new Dictionary<int, float>();
        var to = 0;
        foreach (var point in Points(Grid, wanted))
        {
            var number = masked.GroupNumberOf(point);
            if (number >= 0 && !means.ContainsKey(number))
            {
                means[number] = MeanOf(masked.Groups[number], values, read);
            }

            delivered[to++] = number >= 0 ? means[number] : number == MaskedGrid.Concealed ? float.NaN : values[Place(point, read)];
        }

        return delivered;
    }

    /// <summary>The delivered values of the window of the request, out of the source's values on the whole grid.</summary>
    public float[] Apply(ReadOnlySpan<float> values) => Apply(values, Grid.Whole, Window);

    /// <summary>What is shown of a point of the grid.</summary>
    public CareCellState StateOf(int row, int column) => masked.StateOf((row * Grid.Columns) + column);

    /// <summary>The cell whose mean a point of the grid shows; null where it shows its own value or nothing.</summary>
    public H3Index? CellOf(int row, int column) => masked.GroupOf((row * Grid.Columns) + column)?.Cell;

    /// <summary>The cells whose means are shown in a window, ascending.</summary>
    public IReadOnlyList<H3Index> CellsIn(GridWindow wanted) => [.. GroupsIn(wanted).Select(g => g.Cell).Order()];

    /// <summary>How many points of a window are concealed.</summary>
    public int ConcealedIn(GridWindow wanted) => Points(Grid, wanted).Count(p => masked.StateOf(p) is CareCellState.Concealed);

    /// <summary>The rule that makes a masked point's value what it is, as a sentence; empty of a point that shows its own.</summary>
    public string ReasonOf(int point)
    {
        if (masked.StateOf(point) is CareCellState.Open)
        {
            return "";
        }

        var area = masked.Areas.First(a => Array.BinarySearch(a.Points, point) >= 0);
        return masked.StateOf(point) is CareCellState.Concealed && area.Area.Rule is ProtectionRule.Generalize
            ? $"{area.Area.Policy}: the H3 cell holds fewer than {masked.MinPoints} points of the source, so its mean is withheld."
            : area.RuleText(masked.MinPoints);
    }

    /// <summary>Names exactly what is masked in a window, by default its own: equal keys, equal content.</summary>
    public string Key(GridWindow? wanted = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> item = stackalloc byte[16];
        foreach (var point in Points(Grid, wanted ?? Window))
        {
            var group = masked.GroupOf(point);
            BinaryPrimitives.WriteUInt64LittleEndian(item, group?.Cell.Value ?? (ulong)masked.GroupNumberOf(point));
            BinaryPrimitives.WriteInt32LittleEndian(item[8..], point);
            BinaryPrimitives.WriteInt32LittleEndian(item[12..], group is null ? 0 : HashOf(group));
            hash.AppendData(item);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    /// <summary>Whether another mask of the same grid shows the same in this window.</summary>
    public bool IsSameAs(MaskedGrid other) =>
        ReferenceEquals(masked, other) || new CareMask(other, Window).Key() == Key();

    /// <summary>Whether it shows at least what another mask shows of the other's window: nothing that the other tells is news to whoever sees this.</summary>
    public bool Reveals(CareMask other) => ReferenceEquals(Grid, other.Grid) && Points(Grid, other.Window).All(p => Reveals(p, other));

    /// <summary>The points of a window, in order.</summary>
    internal static IEnumerable<int> Points(FieldGrid grid, GridWindow wanted)
    {
        for (var row = wanted.Row; row < wanted.Row + wanted.Rows; row++)
        {
            for (var column = wanted.Column; column < wanted.Column + wanted.Columns; column++)
            {
                yield return (row * grid.Columns) + column;
            }
        }
    }

    /// <summary>The groups that a window meets, each with all its points.</summary>
    internal IEnumerable<MaskGroup> GroupsIn(GridWindow wanted) =>
        Points(Grid, wanted).Select(masked.GroupNumberOf).Where(n => n >= 0).Distinct().Select(n => masked.Groups[n]);

    private bool Reveals(int point, CareMask other) =>
        other.StateAt(point) is CareCellState.Concealed
        || masked.StateOf(point) is CareCellState.Open
        || (masked.GroupOf(point) is { } own && other.GroupAt(point) is { } group && own.Cell == group.Cell && own.Points.AsSpan().SequenceEqual(group.Points));

    private CareCellState StateAt(int point) => masked.StateOf(point);

    private MaskGroup? GroupAt(int point) => masked.GroupOf(point);

    // Not HashCode, which differs from process to process.
    private static int HashOf(MaskGroup group) => group.Points.Aggregate(17, (hash, point) => unchecked((hash * 31) + point));

    // A sum in the order of the grid, in double precision: the same bits whatever window is asked for.
    private float MeanOf(MaskGroup group, ReadOnlySpan<float> values, GridWindow read)
    {
        var (sum, count) = (0.0, 0);
        foreach (var point in group.Points)
        {
            var value = values[Place(point, read)];
            if (!float.IsNaN(value))
            {
                (sum, count) = (sum + value, count + 1);
            }
        }

        return count >= masked.MinPoints ? (float)(sum / count) : float.NaN;
    }

    private int Place(int point, GridWindow read) =>
        (((point / Grid.Columns) - read.Row) * read.Columns) + (point % Grid.Columns) - read.Column;

    private void RequireRead(int length, GridWindow read, GridWindow wanted)
    {
        var needed = SourceWindow(wanted);
        if (length != read.Rows * read.Columns || !read.Fits(Grid.Rows, Grid.Columns)
            || needed.Row < read.Row || needed.Column < read.Column
            || needed.Row + needed.Rows > read.Row + read.Rows || needed.Column + needed.Columns > read.Column + read.Columns)
        {
            throw new ArgumentException($"The values of {read} do not hold {needed}, which {wanted} needs.", nameof(read));
        }
    }
}
