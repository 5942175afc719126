namespace RealtimeHub.Science.Simulation.Kernels;

/// <summary>One row to compute: where the three rows it depends on are, and where it goes. Offsets are those of the first field's cell 0.</summary>
internal readonly ref struct RowWindow
{
    public required float[] Source { get; init; }

    public required int Up { get; init; }

    public required int Middle { get; init; }

    public required int Down { get; init; }

    /// <summary>The distance from one field to the next in the source.</summary>
    public required int SourcePlane { get; init; }

    public required float[] Target { get; init; }

    public required int Out { get; init; }

    public required int TargetPlane { get; init; }

    /// <summary>How many cells a row has. Cells beyond, up to the next multiple of 16, may be overwritten.</summary>
    public required int Size { get; init; }

    /// <summary>The row's number.</summary>
    public required int Row { get; init; }

    /// <summary>The number of the step that is computed, from 1.</summary>
    public required long Step { get; init; }
}
