namespace RealtimeHub.Server.Hubs.Climate.Data;

internal enum FieldReadStatus
{
    Read,

    /// <summary>The source has no such variable.</summary>
    VariableNotAvailable,

    /// <summary>The variable has no such level, or none at all.</summary>
    LevelNotAvailable,

    /// <summary>There is no time of this index.</summary>
    TimeNotAvailable,

    /// <summary>The window is empty or leaves the grid.</summary>
    OutsideGrid,

    /// <summary>The data are no longer those of this catalogue: ask the directory for the source again.</summary>
    SourceChanged,
}
