namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>The element types that are read; all little-endian.</summary>
internal enum ZarrDataType
{
    Float32,
    Float64,
    Int64,
    Int32,
    Int16,
    UInt8,
}
