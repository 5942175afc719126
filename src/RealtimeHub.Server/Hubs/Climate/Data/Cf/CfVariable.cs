using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>A field variable and the array it is read from, whose dimensions are time, level, row and column, the first two if it has them.</summary>
internal sealed record CfVariable(FieldVariable Variable, ZarrArray Array, bool HasTime, CfPacking Packing);
