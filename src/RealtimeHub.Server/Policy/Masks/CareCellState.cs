namespace RealtimeHub.Server.Policy.Masks;

/// <summary>What is shown of a place.</summary>
internal enum CareCellState
{
    /// <summary>The source's own value.</summary>
    Open,

    /// <summary>The mean of the place's H3 cell.</summary>
    Generalized,

    /// <summary>Nothing.</summary>
    Concealed,
}
