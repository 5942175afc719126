using System.Text.Json;
using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

/// <summary>A sounding or a grid column with what other implementations made of it.</summary>
internal sealed class ReferenceCase
{
    private readonly JsonElement _json;

    public ReferenceCase(JsonElement json)
    {
        _json = json;
        Id = json.GetProperty("id").GetString()!;
        IsColumn = json.TryGetProperty("profile", out var profile);
        var thermo = IsColumn ? profile : json.GetProperty("thermo");
        var wind = IsColumn ? profile : json.GetProperty("wind");
        Pressure = Values(thermo, "p_hPa", 100.0, 0.0);
        Temperature = Values(thermo, "t_C", 1.0, PhysicalConstants.ZeroCelsius);
        Dewpoint = Values(thermo, "td_C", 1.0, PhysicalConstants.ZeroCelsius);
        ThermoHeight = Values(thermo, "z_m", 1.0, -thermo.GetProperty("z_m")[0].GetDouble());
        WindPressure = Values(wind, "p_hPa", 100.0, 0.0);
        WindHeight = Values(wind, "z_m", 1.0, -wind.GetProperty("z_m")[0].GetDouble());
        U = Values(wind, "u_ms", 1.0, 0.0);
        V = Values(wind, "v_ms", 1.0, 0.0);
    }

    public string Id { get; }

    public bool IsColumn { get; }

    public double[] Pressure { get; }

    public double[] Temperature { get; }

    public double[] Dewpoint { get; }

    public double[] ThermoHeight { get; }

    public double[] WindPressure { get; }

    public double[] WindHeight { get; }

    public double[] U { get; }

    public double[] V { get; }

    public ThermoProfile Thermo => new(Pressure, Temperature, Dewpoint);

    public WindProfile Wind => new(WindHeight, U, V);

    /// <summary>A number under <c>expected</c>, or NaN where it is null or absent.</summary>
    public double Expected(params ReadOnlySpan<string> path)
    {
        var at = _json.GetProperty("expected");
        foreach (var name in path)
        {
            if (!at.TryGetProperty(name, out at))
            {
                return double.NaN;
            }
        }

        return at.ValueKind == JsonValueKind.Number ? at.GetDouble() : double.NaN;
    }

    /// <summary>The two components of a vector under <c>expected</c>.</summary>
    public WindVector ExpectedWind(string implementation, string name, string member)
    {
        var pair = _json.GetProperty("expected").GetProperty(implementation).GetProperty(name).GetProperty(member);
        return new WindVector(pair[0].GetDouble(), pair[1].GetDouble());
    }

    /// <summary>The band of a quantity, or null where the implementations do not agree.</summary>
    public (double Low, double High)? Consensus(string quantity)
    {
        var band = _json.GetProperty("consensus").GetProperty(quantity);
        return band.GetProperty("agree").GetBoolean()
            ? (band.GetProperty("lo").GetDouble(), band.GetProperty("hi").GetDouble())
            : null;
    }

    /// <summary>Whether MetPy found no level of free convection although the others find more than 100 J/kg.</summary>
    public bool IsMetPyDegenerate(string parcel) =>
        _json.GetProperty("consensus").GetProperty($"metpy_{parcel}_degenerate").GetBoolean();

    private static double[] Values(JsonElement parent, string name, double factor, double offset) =>
        [.. parent.GetProperty(name).EnumerateArray().Select(value => (value.GetDouble() * factor) + offset)];
}
