namespace RealtimeHub.Science.Explain;

/// <summary>A model that is only known by what it predicts for a row of features.</summary>
public delegate double RowModel(ReadOnlySpan<double> row);
