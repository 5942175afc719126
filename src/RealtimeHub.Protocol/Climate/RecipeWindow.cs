namespace RealtimeHub.Protocol.Climate;

/// <summary>A rectangle of a source's grid, rows from the south and columns from the west.</summary>
/// <param name="Row">The first row.</param>
/// <param name="Column">The first column.</param>
/// <param name="Rows">How many rows of the grid.</param>
/// <param name="Columns">How many columns of the grid.</param>
/// <param name="Stride">Values are means of this many rows by as many columns, counted from the grid's own corner.</param>
public sealed record RecipeWindow(int Row, int Column, int Rows, int Columns, int Stride = 1);
