using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

/// <summary>
/// MetPy's way to CAPE, CIN and LFC: buoyancy at the levels of the data and at the LCL only, joined by straight lines in ln p.
/// Written to show that on its own coarse test profiles this, and nothing else, is what tells MetPy from the drivers.
/// </summary>
internal static class MetPyMethod
{
    private const int StepsPerLayer = 400;

    public static (double Cape, double Cin, double Lfc) SurfaceBased(
        double[] pressure, double[] temperature, double[] dewpoint, bool isVirtual)
    {
        var condensation = LiftedCondensation.Romps(new Parcel(pressure[0], temperature[0], dewpoint[0]));
        var lcl = condensation.Pressure;
        var above = Array.FindIndex(pressure, p => p < lcl);
        var t = Insert(temperature, above, Linear(pressure, temperature, above, lcl));
        var td = Insert(dewpoint, above, Linear(pressure, dewpoint, above, lcl));
        var p = Insert(pressure, above, lcl);
        var buoyancy = Buoyancy(p, t, td, (above, condensation.Temperature), isVirtual);
        return Integrate(p, buoyancy, lcl);
    }

    private static double[] Buoyancy(double[] p, double[] t, double[] td, (int Index, double Temperature) lcl, bool isVirtual)
    {
        var parcel = t[0];
        var ratio = Ratio(p[0], td[0]);
        var buoyancy = new double[p.Length];
        for (var i = 0; i < p.Length; i++)
        {
            if (i > lcl.Index)
            {
                parcel = Moist(p[i - 1], parcel, p[i]);
                ratio = Ratio(p[i], parcel);
            }
            else
            {
                parcel = t[0] * Math.Pow(p[i] / p[0], PhysicalConstants.Kappa);
            }

            // At the LCL itself stands Romps' temperature, saturated; the moist ascent starts from the dry one.
            var (own, ownRatio) = i == lcl.Index ? (lcl.Temperature, Ratio(p[i], lcl.Temperature)) : (parcel, ratio);
            buoyancy[i] = isVirtual ? Virtual(own, ownRatio) - Virtual(t[i], Ratio(p[i], td[i])) : own - t[i];
        }

        return buoyancy;
    }

    private static (double Cape, double Cin, double Lfc) Integrate(double[] p, double[] buoyancy, double lcl)
    {
        double cape = 0.0, cin = 0.0, lfc = double.NaN;
        for (var i = 1; i < p.Length; i++)
        {
            var log = Math.Log(p[i - 1] / p[i]);
            var (lower, upper) = (buoyancy[i - 1], buoyancy[i]);
            if (lower < 0.0 && upper > 0.0 && p[i] < lcl)
            {
                var part = lower / (lower - upper);
                lfc = p[i - 1] * Math.Exp(-part * log);
                cin += 0.5 * part * log * lower;
                cape += 0.5 * (1.0 - part) * log * upper;
            }
            else if (double.IsNaN(lfc))
            {
                cin += 0.5 * log * (lower + upper);
            }
            else
            {
                // Past the last positive level the layer is cut where buoyancy ends.
                var part = upper < 0.0 ? lower / (lower - upper) : 1.0;
                cape += 0.5 * part * log * (lower + Math.Max(upper, 0.0));
            }
        }

        return (PhysicalConstants.DryAirGasConstant * cape, PhysicalConstants.DryAirGasConstant * cin, lfc);
    }

    private static double Moist(double from, double temperature, double to)
    {
        var x = Math.Log(from);
        var h = Math.Log(to / from) / StepsPerLayer;
        for (var i = 0; i < StepsPerLayer; i++, x += h)
        {
            var k1 = Slope(x, temperature);
            var k2 = Slope(x + (h / 2.0), temperature + (h / 2.0 * k1));
            var k3 = Slope(x + (h / 2.0), temperature + (h / 2.0 * k2));
            var k4 = Slope(x + h, temperature + (h * k3));
            temperature += h / 6.0 * (k1 + (2.0 * k2) + (2.0 * k3) + k4);
        }

        return temperature;
    }

    private static double Slope(double logPressure, double temperature)
    {
        var ratio = Ratio(Math.Exp(logPressure), temperature);
        return ((PhysicalConstants.DryAirGasConstant * temperature) + (PhysicalConstants.LatentHeat * ratio))
            / (PhysicalConstants.DryAirHeatCapacity + (PhysicalConstants.LatentHeat * PhysicalConstants.LatentHeat * ratio
                * PhysicalConstants.Epsilon / (PhysicalConstants.DryAirGasConstant * temperature * temperature)));
    }

    private static double Ratio(double pressure, double temperature) =>
        Moisture.MixingRatio(pressure, Moisture.AmbaumSaturationVapourPressure(temperature));

    private static double Virtual(double temperature, double ratio) =>
        temperature * (1.0 + (ratio / PhysicalConstants.Epsilon)) / (1.0 + ratio);

    private static double Linear(double[] pressure, double[] values, int above, double at)
    {
        var weight = (pressure[above - 1] - at) / (pressure[above - 1] - pressure[above]);
        return values[above - 1] + (weight * (values[above] - values[above - 1]));
    }

    private static double[] Insert(double[] values, int at, double value) => [.. values[..at], value, .. values[at..]];
}
