namespace RealtimeHub.Server.Hubs.Climate.Data;

internal enum FieldGridKind
{
    /// <summary>A latitude per row and a longitude per column.</summary>
    Regular,

    /// <summary>A latitude and a longitude per point.</summary>
    Curvilinear,
}
