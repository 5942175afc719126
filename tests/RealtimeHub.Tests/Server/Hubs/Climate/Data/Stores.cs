namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

/// <summary>The real stores that the tests read.</summary>
internal static class Stores
{
    public const string Ruc = "kansas-ruc13-20050807";
    public const string RucSurface = "kansas-ruc13-20050807-surface-0p1";
    public const string Gfs = "kansas-gfs1deg-20101026";
    public const string Hrrr = "kansas-hrrr3km-20230722";
    public const string Nam = "kansas-nam211-20070124-native";
    public const string Stage2 = "kansas-stage2-precip-20050807-native";

    public static string Bundled { get; } = Path.Combine(AppContext.BaseDirectory, "data", "climate");

    public static string PathOf(string id)
    {
        var bundled = Path.Combine(Bundled, id + ".zarr");
        return Directory.Exists(bundled) ? bundled : Path.Combine(AppContext.BaseDirectory, "vectors", "climate", id + ".zarr");
    }
}
