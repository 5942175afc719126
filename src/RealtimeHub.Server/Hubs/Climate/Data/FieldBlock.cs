namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>A box of a time step: some levels from the ground up, and a window of each.</summary>
internal readonly record struct FieldBlock(int Level, int Levels, GridWindow Window)
{
    /// <summary>Copies the box out of a whole time step on a grid of this size.</summary>
    public float[] CutFrom(float[] step, int rows, int columns)
    {
        var cut = new float[Levels * Window.Rows * Window.Columns];
        var to = 0;
        for (var level = Level; level < Level + Levels; level++)
        {
            for (var row = Window.Row; row < Window.Row + Window.Rows; row++)
            {
                Array.Copy(step, (((level * rows) + row) * columns) + Window.Column, cut, to, Window.Columns);
                to += Window.Columns;
            }
        }

        return cut;
    }
}
