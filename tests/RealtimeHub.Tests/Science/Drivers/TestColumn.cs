using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

/// <summary>Columns made by hand.</summary>
internal sealed class TestColumn
{
    private readonly List<double> _pressure = [];
    private readonly List<double> _temperature = [];
    private readonly List<double> _dewpoint = [];
    private readonly List<double> _height = [];
    private readonly List<double> _u = [];
    private readonly List<double> _v = [];

    public ThermoProfile Thermo => new(_pressure.ToArray(), _temperature.ToArray(), _dewpoint.ToArray());

    public WindProfile Wind => new(_height.ToArray(), _u.ToArray(), _v.ToArray());

    public ColumnProfile Profile => new(Thermo, Wind);

    /// <summary>A convective column with 50 levels: moist below, lapse rate 7 K/km, wind turning and growing with height.</summary>
    public static TestColumn Convective()
    {
        var column = new TestColumn();
        for (var i = 0; i < 50; i++)
        {
            var height = 300.0 * i;
            var temperature = Math.Max(303.0 - (0.007 * height), 210.0);
            var pressure = 97_000.0 * Math.Exp(-height / 8000.0);
            column.Add(pressure, temperature, temperature - 4.0 - (0.002 * height), height, 0.002 * height, 5.0 + (0.001 * height));
        }

        return column;
    }

    public TestColumn Add(double pressure, double temperature, double dewpoint, double height = 0.0, double u = 0.0, double v = 0.0)
    {
        _pressure.Add(pressure);
        _temperature.Add(temperature);
        _dewpoint.Add(dewpoint);
        _height.Add(height);
        _u.Add(u);
        _v.Add(v);
        return this;
    }

    /// <summary>The same column with something between its levels.</summary>
    public TestColumn With(int index, double pressure, double temperature, double dewpoint)
    {
        _pressure.Insert(index, pressure);
        _temperature.Insert(index, temperature);
        _dewpoint.Insert(index, dewpoint);
        _height.Insert(index, double.NaN);
        _u.Insert(index, double.NaN);
        _v.Insert(index, double.NaN);
        return this;
    }
}
