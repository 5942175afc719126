namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>A rectangle of a grid, in rows from the south and columns from the west.</summary>
internal readonly record struct GridWindow(int Row, int Column, int Rows, int Columns)
{
    /// <summary>Whether it holds a point and lies within a grid of this size.</summary>
    public bool Fits(int rows, int columns) =>
        Row >= 0 && Column >= 0 && Rows > 0 && Columns > 0 && Row <= rows - Rows && Column <= columns - Columns;
}
