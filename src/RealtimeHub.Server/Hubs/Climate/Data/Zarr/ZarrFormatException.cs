namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>A store says something that this reader does not support or cannot believe.</summary>
internal sealed class ZarrFormatException : Exception
{
    public ZarrFormatException(string store, string? array, string member, string problem, Exception? inner = null)
        : base($"Store '{store}'{(array is null ? "" : $", array '{array}'")}: {member} {problem}.", inner)
    {
        Store = store;
        Array = array;
        Member = member;
    }

    /// <summary>The name of the store's directory.</summary>
    public string Store { get; }

    /// <summary>The array, or null where the store as a whole is meant.</summary>
    public string? Array { get; }

    /// <summary>What is at fault: a member of the metadata, a file, or a chunk.</summary>
    public string Member { get; }
}
