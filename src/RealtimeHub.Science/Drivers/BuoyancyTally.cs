using System.Runtime.InteropServices;
using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

// Adds up buoyancy on the way up and notes where free convection begins and ends.
[StructLayout(LayoutKind.Auto)]
internal struct BuoyancyTally
{
    private double _inhibition;
    private double _negativeInhibition;
    private double _available;
    private double _freeConvection;
    private double _equilibrium;
    private bool _isPastCondensation;
    private bool _isFree;
    private bool _isBuoyantAtTop;

    public void PassCondensation() => _isPastCondensation = true;

    // One step: its ends (Pa), its length in ln p, and buoyancy in it (K).
    public void Add(double start, double end, double log, in Parabola buoyancy)
    {
        if (buoyancy.HasOneSign)
        {
            AddPart(start, end, log * buoyancy.Area);
            return;
        }

        var (first, second) = buoyancy.Roots();
        var from = 0.0;
        var pressure = start;
        foreach (var root in (ReadOnlySpan<double>)[first, second])
        {
            if (root > from && root < 1.0)
            {
                var at = start * DeterministicMath.Exp(-root * log);
                AddPart(pressure, at, log * (buoyancy.AreaTo(root) - buoyancy.AreaTo(from)));
                from = root;
                pressure = at;
            }
        }

        AddPart(pressure, end, log * (buoyancy.AreaTo(1.0) - buoyancy.AreaTo(from)));
    }

    public readonly ParcelAscent Result(CondensationLevel condensation) => new(
        _isFree ? PhysicalConstants.DryAirGasConstant * _available : 0.0,
        _isFree ? PhysicalConstants.DryAirGasConstant * Math.Min(_inhibition, 0.0) : 0.0,
        _isFree ? PhysicalConstants.DryAirGasConstant * _negativeInhibition : 0.0,
        condensation.Pressure,
        condensation.Temperature,
        _isFree ? _freeConvection : double.NaN,
        _isFree && !_isBuoyantAtTop ? _equilibrium : double.NaN);

    // Part of a step in which buoyancy does not change its sign; the area is in K.
    private void AddPart(double start, double end, double area)
    {
        var isPositive = area > 0.0;
        _isBuoyantAtTop = isPositive;
        if (!_isFree)
        {
            if (!isPositive || !_isPastCondensation)
            {
                _inhibition += area;
                _negativeInhibition += Math.Min(area, 0.0);
                return;
            }

            _isFree = true;
            _freeConvection = start;
        }

        if (isPositive)
        {
            _available += area;
            _equilibrium = end;
        }
    }
}
