namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

internal static class ZarrDataTypes
{
    public const string Supported = "<f4, <f8, <i8, <i4, <i2, |u1";

    public static ZarrDataType? Parse(string text) => text switch
    {
        "<f4" => ZarrDataType.Float32,
        "<f8" => ZarrDataType.Float64,
        "<i8" => ZarrDataType.Int64,
        "<i4" => ZarrDataType.Int32,
        "<i2" => ZarrDataType.Int16,
        "|u1" => ZarrDataType.UInt8,
        _ => null,
    };

    public static int Bytes(this ZarrDataType type) => type switch
    {
        ZarrDataType.Float64 or ZarrDataType.Int64 => 8,
        ZarrDataType.Float32 or ZarrDataType.Int32 => 4,
        ZarrDataType.Int16 => 2,
        _ => 1,
    };

    public static bool IsInteger(this ZarrDataType type) => type is not (ZarrDataType.Float32 or ZarrDataType.Float64);
}
