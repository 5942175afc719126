using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>How stored numbers become values: missing ones are NaN, the others are scaled and shifted.</summary>
internal readonly record struct CfPacking(double Scale, double Offset, double? FillValue, double? MissingValue)
{
    /// <summary>Whether stored numbers are the values, bit for bit.</summary>
    public bool IsPlain => Scale == 1 && Offset == 0 && (FillValue ?? double.NaN) is double.NaN && (MissingValue ?? double.NaN) is double.NaN;

    public static CfPacking Of(ZarrAttributes attributes) => new(
        attributes.Number("scale_factor") ?? 1,
        attributes.Number("add_offset") ?? 0,
        attributes.Number("_FillValue"),
        attributes.Number("missing_value"));

    public float Unpack(double stored) =>
        stored == FillValue || stored == MissingValue ? float.NaN : (float)((stored * Scale) + Offset);
}
