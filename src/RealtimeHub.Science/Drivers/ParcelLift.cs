namespace RealtimeHub.Science.Drivers;

/// <summary>Lifts a parcel through a column: CAPE, CIN and the levels that bound them.</summary>
/// <remarks>
/// <para>
/// CAPE = R_d ∫ (T_v,parcel − T_v,environment) d ln p over the layers of positive buoyancy above the level of free convection
/// (LFC), which by the hydrostatic equation is the integral of g (T_p − T_e) / T_e dz (Moncrieff and Miller 1976), with
/// virtual temperature (Doswell and Rasmussen 1994). CIN is the net of the same integral from the parcel's level to the
/// LFC, and never positive; a second value leaves out the layers of positive buoyancy below the LFC, which a parcel that is
/// not itself air of the column, as that of the mixed layer, meets in cold air near the ground.
/// </para>
/// <para>
/// The LFC is the lowest place at or above the lifting condensation level (LCL) from where buoyancy is positive; the
/// equilibrium level (EL) is the highest place where it ends. Where there is no LFC, CAPE and CIN are 0.
/// </para>
/// <para>
/// Temperature and dewpoint of the environment are linear in ln p between levels. The parcel keeps its potential temperature
/// and mixing ratio up to the LCL (Bolton) and then follows <see cref="MoistAscent"/>. Layers are cut at the LCL and into
/// steps of at most <see cref="LongestStep"/> in ln p; in a step buoyancy is the parabola through its ends and its middle,
/// whose roots and areas are exact. On 150 real columns CAPE and CIN lie within 0.02 J kg⁻¹ of the limit of short steps.
/// </para>
/// <para>No allocation. Levels that are NaN are skipped; a parcel that is NaN, or one above the column, gives NaN.</para>
/// </remarks>
public static class ParcelLift
{
    /// <summary>The longest step in ln p; about 100 hPa near the ground, where levels cut it shorter.</summary>
    public const double LongestStep = 0.1;

    /// <summary>Lifts a parcel through a column.</summary>
    /// <param name="profile">The column.</param>
    /// <param name="parcel">The parcel; its pressure lies inside the column.</param>
    public static ParcelAscent Lift(in ThermoProfile profile, in Parcel parcel) => Lift(profile, parcel, LongestStep);

    internal static ParcelAscent Lift(in ThermoProfile profile, in Parcel parcel, double longestStep)
    {
        var index = profile.Next(-1, double.PositiveInfinity);
        if (!parcel.IsComplete || index >= profile.Length || profile.Pressure[index] < parcel.Pressure)
        {
            return ParcelAscent.Missing;
        }

        var below = Parcels.At(profile, index);
        var above = below;
        while ((index = profile.Next(index, below.Pressure)) < profile.Length)
        {
            above = Parcels.At(profile, index);
            if (above.Pressure < parcel.Pressure)
            {
                break;
            }

            below = above;
        }

        if (!(above.Pressure < parcel.Pressure))
        {
            return ParcelAscent.Missing;
        }

        if (below.Pressure > parcel.Pressure)
        {
            below = Parcels.Between(below, above, parcel.Pressure);
        }

        var climb = new ParcelClimb(parcel, below, longestStep);
        while (index < profile.Length)
        {
            above = Parcels.At(profile, index);
            climb.Rise(above);
            index = profile.Next(index, above.Pressure);
        }

        return climb.Result();
    }
}
