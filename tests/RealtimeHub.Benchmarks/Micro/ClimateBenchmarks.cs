using BenchmarkDotNet.Attributes;
using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Drivers;
using Surface = RealtimeHub.Science.Drivers.SurfaceFields;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Columns per second and core, and the overlay of 595 cells: the climate frames' cost. Columns like those of a summer day.</summary>
[MemoryDiagnoser]
public class ClimateBenchmarks
{
    private const int Rows = 17;
    private const int Columns = 35;
    private const int Cells = Rows * Columns;
    private const int Levels = 37;

    private readonly ColumnGrid _columns = CreateColumns();
    private readonly double[] _contributions = new double[ClimateFeatures.Count];
    private float[] _rows = [];
    private ClimateExplainer _explainer = null!;

    [GlobalSetup]
    public void Setup()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "models", "climate", "kfm-climate-v11.2.2.json");
        var model = new ClimateModel(ClimateModelJson.Read(File.ReadAllBytes(file)));
        _explainer = new ClimateExplainer(model, ClimateVariable.T2m, model.BackgroundRows);
        _rows = CreateRows();
    }

    /// <summary>CAPE, CIN and helicity, surface-based: the required 23,000 columns per second are 25.9 ms.</summary>
    [Benchmark(OperationsPerInvoke = Cells)]
    public DriverFields SurfaceBasedAndHelicity() =>
        GridDrivers.Compute(_columns, DriverOptions.Default, DriverGroups.SurfaceBased | DriverGroups.Helicity);

    [Benchmark(OperationsPerInvoke = Cells)]
    public DriverFields AllDrivers() => GridDrivers.Compute(_columns, DriverOptions.Default, DriverGroups.All);

    /// <summary>Exact Shapley values of 595 cells against 64 background rows: at most 2 s.</summary>
    [Benchmark]
    public double Overlay()
    {
        var sum = 0.0;
        for (var cell = 0; cell < Cells; cell++)
        {
            sum += _explainer.ExplainShapley(_rows.AsSpan(cell * ClimateFeatures.Count, ClimateFeatures.Count), 10_800, _contributions);
        }

        return sum;
    }

    /// <summary>The same with the folding of the background, which a server does once.</summary>
    [Benchmark]
    public double OverlayFromScratch()
    {
        Setup();
        return Overlay();
    }

    /// <summary>A grid of 595 columns of 37 levels.</summary>
    internal static ColumnGrid CreateColumns()
    {
        var pressures = Enumerable.Range(0, Levels).Select(l => 100_000.0 - (l * 2_500)).ToArray();
        float[] Plane(Func<int, double> value) => [.. Enumerable.Range(0, Cells).Select(c => (float)value(c))];
        float[] Upper(Func<int, int, double> value) => [.. from level in Enumerable.Range(0, Levels) from cell in Enumerable.Range(0, Cells) select (float)value(level, cell)];
        double Height(int level) => 44_330 * (1 - Math.Pow(pressures[level] / 101_325, 0.1903));
        var surface = new Surface(
            Plane(c => 96_000 - (c % 100)), Plane(c => 304 + (c % 7 * 0.1)), Plane(c => 293 + (c % 5 * 0.1)), Plane(_ => 400), Plane(c => 3 + (c % 3)), Plane(_ => 5));
        var levels = new LevelFields(
            Upper((l, c) => 305 - (0.0068 * Height(l)) + (c % 7 * 0.1)),
            Upper((l, c) => 293 - (0.0085 * Height(l)) + (c % 5 * 0.1)),
            Upper((l, _) => Height(l)),
            Upper((l, c) => 3 + (l * 0.5) + (c % 3)),
            Upper((l, _) => 5 + (l * 0.2)));
        return new ColumnGrid(Rows, Columns, pressures, surface, levels);
    }

    private static float[] CreateRows()
    {
        var latitudes = Enumerable.Range(0, Rows).Select(r => 36.5 + (r * 0.25)).ToArray();
        var longitudes = Enumerable.Range(0, Columns).Select(c => -102.5 + (c * 0.25)).ToArray();
        float[] Plane(double value, double step) => [.. Enumerable.Range(0, Cells).Select(c => (float)(value + (c % 11 * step)))];
        var grid = new ClimateGrid(latitudes, longitudes, Plane(400, 20));
        var fields = new Science.Climate.SurfaceFields(
            1_123_416_000, Plane(300, 0.3), Plane(290, 0.2), Plane(55, 1), Plane(2, 0.2), Plane(3, 0.1), Plane(96_000, -50), Plane(302, 0.3));
        return ClimateFeatures.Build(grid, fields);
    }
}
