using System.Collections.Frozen;
using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Drivers by their names on the wire, and what has to be computed for each.</summary>
internal static class DriverNames
{
    private static readonly FrozenDictionary<string, DriverDescription> ByName = DriverCatalog.All.ToFrozenDictionary(d => d.WireName);

    private static readonly FrozenDictionary<Driver, DriverGroups> Groups = new Dictionary<Driver, DriverGroups>
    {
        [Driver.Cape] = DriverGroups.SurfaceBased,
        [Driver.Cin] = DriverGroups.SurfaceBased,
        [Driver.LclPressure] = DriverGroups.SurfaceBased,
        [Driver.LfcPressure] = DriverGroups.SurfaceBased,
        [Driver.ElPressure] = DriverGroups.SurfaceBased,
        [Driver.MixedLayerCape] = DriverGroups.MixedLayer,
        [Driver.MixedLayerCin] = DriverGroups.MixedLayer,
        [Driver.MostUnstableCape] = DriverGroups.MostUnstable,
        [Driver.MostUnstableCin] = DriverGroups.MostUnstable,
        [Driver.Srh0To1Km] = DriverGroups.Helicity,
        [Driver.Srh0To3Km] = DriverGroups.Helicity,
        [Driver.BulkShear0To1Km] = DriverGroups.Shear,
        [Driver.BulkShear0To3Km] = DriverGroups.Shear,
        [Driver.BulkShear0To6Km] = DriverGroups.Shear,
        [Driver.JetSpeed] = DriverGroups.Jet,
        [Driver.JetHeight] = DriverGroups.Jet,
        [Driver.JetThickness] = DriverGroups.Jet,
        [Driver.LapseRate0To3Km] = DriverGroups.LapseRates,
        [Driver.LapseRate700To500HPa] = DriverGroups.LapseRates,
        [Driver.MoistureFluxU] = DriverGroups.Moisture,
        [Driver.MoistureFluxV] = DriverGroups.Moisture,
        [Driver.MoistureTransport] = DriverGroups.Moisture,
        [Driver.DewpointDepression] = DriverGroups.Moisture,
        [Driver.VapourPressureDeficit] = DriverGroups.Moisture,
        [Driver.MixingHeight] = DriverGroups.Mixing,
        [Driver.InstabilityComposite] = DriverGroups.Composite,
    }.ToFrozenDictionary();

    public static bool TryGet(string name, out DriverDescription description) => ByName.TryGetValue(name, out description!);

    public static DriverGroups GroupsOf(IEnumerable<string> names) =>
        names.Aggregate(DriverGroups.None, (groups, name) => groups | Groups[ByName[name].Driver]);
}
