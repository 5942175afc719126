using System.Runtime.InteropServices;
using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

// The parcel on its way up, one layer of the environment at a time.
[StructLayout(LayoutKind.Auto)]
internal struct ParcelClimb
{
    private readonly CondensationLevel _condensation;
    private readonly double _longestStep;
    private readonly double _dryVirtualFactor;
    private BuoyancyTally _tally;
    private Parcel _air;
    private double _temperature;
    private double _slope;
    private double _buoyancy;
    private bool _isSaturated;

    public ParcelClimb(in Parcel parcel, in Parcel air, double longestStep)
    {
        _longestStep = longestStep;
        _condensation = LiftedCondensation.Bolton(parcel);
        _tally = new BuoyancyTally();
        _air = air;
        _temperature = parcel.Temperature;

        // Vapour pressure falls with pressure below the LCL, and so the virtual temperature is a fixed multiple there.
        var vapourPressure = Moisture.SaturationVapourPressure(parcel.Dewpoint);
        _dryVirtualFactor = Thermodynamics.VirtualTemperature(parcel.Pressure, 1.0, vapourPressure);
        _buoyancy = (_dryVirtualFactor * _temperature) - VirtualTemperature(air);
        if (parcel.Pressure <= _condensation.Pressure)
        {
            Saturate();
        }
    }

    public void Rise(in Parcel above)
    {
        if (!_isSaturated && above.Pressure < _condensation.Pressure)
        {
            var cut = Parcels.Between(_air, above, _condensation.Pressure);
            RiseDry(cut);
            Saturate();
        }

        if (_isSaturated)
        {
            RiseMoist(above);
        }
        else
        {
            RiseDry(above);
        }
    }

    public readonly ParcelAscent Result() => _tally.Result(_condensation);

    private static double VirtualTemperature(in Parcel air) =>
        Thermodynamics.VirtualTemperature(air.Pressure, air.Temperature, Moisture.SaturationVapourPressure(air.Dewpoint));

    private void Saturate()
    {
        _isSaturated = true;
        _temperature = _condensation.Temperature;
        _slope = MoistAscent.Slope(_air.Pressure, _temperature);
        _tally.PassCondensation();
    }

    private void RiseDry(in Parcel above)
    {
        var steps = new LayerSteps(_air, above, _longestStep);
        var halfRatio = DeterministicMath.Exp(-0.5 * PhysicalConstants.Kappa * steps.Log);
        while (steps.MoveNext())
        {
            var middleTemperature = _temperature * halfRatio;
            _temperature = middleTemperature * halfRatio;
            var middle = (_dryVirtualFactor * middleTemperature) - VirtualTemperature(steps.Middle);
            var end = (_dryVirtualFactor * _temperature) - VirtualTemperature(steps.End);
            Add(steps, middle, end);
        }

        _air = above;
    }

    private void RiseMoist(in Parcel above)
    {
        var steps = new LayerSteps(_air, above, _longestStep);
        while (steps.MoveNext())
        {
            var middlePressure = steps.Middle.Pressure;
            var endPressure = steps.End.Pressure;
            var temperature = MoistAscent.Step(middlePressure, endPressure, _temperature, _slope, steps.Log);
            var saturation = Moisture.SaturationVapourPressure(temperature);
            var slope = MoistAscent.Slope(endPressure, temperature, saturation);

            // The cubic through both ends with their slopes, as accurate as the step itself.
            var middleTemperature = (0.5 * (_temperature + temperature)) - (0.125 * steps.Log * (_slope - slope));
            var middleSaturation = Moisture.SaturationVapourPressure(middleTemperature);
            var middle = Thermodynamics.VirtualTemperature(middlePressure, middleTemperature, middleSaturation)
                - VirtualTemperature(steps.Middle);
            var end = Thermodynamics.VirtualTemperature(endPressure, temperature, saturation) - VirtualTemperature(steps.End);
            _temperature = temperature;
            _slope = slope;
            Add(steps, middle, end);
        }

        _air = above;
    }

    private void Add(in LayerSteps steps, double middle, double end)
    {
        _tally.Add(steps.Start, steps.End.Pressure, steps.Log, new Parabola(_buoyancy, middle, end));
        _buoyancy = end;
    }
}
