namespace RealtimeHub.Science.Drivers;

/// <summary>All drivers of one column.</summary>
public static class ColumnDrivers
{
    /// <summary>How many drivers there are: the length of the span that <see cref="Compute"/> fills.</summary>
    public static readonly int Count = Enum.GetValues<Driver>().Length;

    /// <summary>Computes the drivers that are asked for; the others become NaN. Allocates nothing.</summary>
    /// <param name="column">The column.</param>
    /// <param name="options">What the definitions leave open.</param>
    /// <param name="groups">What to compute.</param>
    /// <param name="values">One value per <see cref="Driver"/>, at its number.</param>
    public static void Compute(in ColumnProfile column, DriverOptions options, DriverGroups groups, Span<double> values)
    {
        values[..Count].Fill(double.NaN);
        AddParcels(column, options, groups, values);
        AddWind(column.Wind, options, groups, values);
        AddState(column, options, groups, values);
        if (Has(groups, DriverGroups.Composite))
        {
            values[(int)Driver.InstabilityComposite] = options.Composite.Score(new InstabilityTerms(
                values[(int)Driver.Cape],
                values[(int)Driver.Cin],
                values[(int)Driver.BulkShear0To6Km],
                values[(int)Driver.JetSpeed],
                values[(int)Driver.LapseRate700To500HPa],
                values[(int)Driver.MoistureTransport]));
        }
    }

    private static bool Has(DriverGroups groups, DriverGroups wanted) => (groups & wanted) == wanted;

    private static void AddParcels(
        in ColumnProfile column, DriverOptions options, DriverGroups groups, Span<double> values)
    {
        if (Has(groups, DriverGroups.SurfaceBased))
        {
            var ascent = ParcelLift.Lift(column.Thermo, Parcels.SurfaceBased(column.Thermo));
            values[(int)Driver.Cape] = ascent.Cape;
            values[(int)Driver.Cin] = ascent.Cin;
            values[(int)Driver.LclPressure] = ascent.CondensationPressure;
            values[(int)Driver.LfcPressure] = ascent.FreeConvectionPressure;
            values[(int)Driver.ElPressure] = ascent.EquilibriumPressure;
        }

        if (Has(groups, DriverGroups.MixedLayer))
        {
            var ascent = ParcelLift.Lift(column.Thermo, Parcels.MixedLayer(column.Thermo, options.MixedLayerDepth));
            values[(int)Driver.MixedLayerCape] = ascent.Cape;
            values[(int)Driver.MixedLayerCin] = ascent.NegativeCin;
        }

        if (Has(groups, DriverGroups.MostUnstable))
        {
            var ascent = ParcelLift.Lift(column.Thermo, Parcels.MostUnstable(column.Thermo, options.MostUnstableDepth));
            values[(int)Driver.MostUnstableCape] = ascent.Cape;
            values[(int)Driver.MostUnstableCin] = ascent.Cin;
        }
    }

    private static void AddWind(in WindProfile wind, DriverOptions options, DriverGroups groups, Span<double> values)
    {
        if (Has(groups, DriverGroups.Helicity))
        {
            var motion = options.PrescribedMotion ?? StormMotion.Bunkers(wind).Right;
            values[(int)Driver.Srh0To1Km] = StormRelativeHelicity.Compute(wind, motion, 1000.0).Total;
            values[(int)Driver.Srh0To3Km] = StormRelativeHelicity.Compute(wind, motion, 3000.0).Total;
        }

        if (Has(groups, DriverGroups.Shear))
        {
            values[(int)Driver.BulkShear0To1Km] = BulkShear.Compute(wind, 1000.0).Speed;
            values[(int)Driver.BulkShear0To3Km] = BulkShear.Compute(wind, 3000.0).Speed;
            values[(int)Driver.BulkShear0To6Km] = BulkShear.Compute(wind, 6000.0).Speed;
        }

        if (Has(groups, DriverGroups.Jet))
        {
            var jet = LowLevelJet.Find(wind, options.Jet);
            values[(int)Driver.JetSpeed] = jet.Speed;
            values[(int)Driver.JetHeight] = jet.Height;
            values[(int)Driver.JetThickness] = jet.Thickness;
        }
    }

    private static void AddState(in ColumnProfile column, DriverOptions options, DriverGroups groups, Span<double> values)
    {
        if (Has(groups, DriverGroups.LapseRates))
        {
            values[(int)Driver.LapseRate0To3Km] = LapseRates.FromSurface(column.Temperature, column.Height);
            values[(int)Driver.LapseRate700To500HPa] = LapseRates.BetweenPressures(column);
        }

        if (Has(groups, DriverGroups.Moisture))
        {
            var flux = MoistureTransport.AtPressure(column, options.MoistureFluxPressure);
            var surface = Parcels.SurfaceBased(column.Thermo);
            values[(int)Driver.MoistureFluxU] = flux.U;
            values[(int)Driver.MoistureFluxV] = flux.V;
            values[(int)Driver.MoistureTransport] = MoistureTransport.Integrated(column, options.MoistureTransportTop).Speed;
            values[(int)Driver.DewpointDepression] = Moisture.DewpointDepression(surface.Temperature, surface.Dewpoint);
            values[(int)Driver.VapourPressureDeficit] = Moisture.VapourPressureDeficit(surface.Temperature, surface.Dewpoint);
        }

        if (Has(groups, DriverGroups.Mixing))
        {
            values[(int)Driver.MixingHeight] = MixingHeight.BulkRichardson(column, options.CriticalRichardson);
        }
    }
}
