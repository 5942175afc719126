namespace RealtimeHub.Benchmarks.Load;

/// <summary>How a client that does not always read as fast as it can behaves.</summary>
/// <remarks>Used only by the client loop.</remarks>
internal interface IReadingPlan
{
    /// <summary>How many bytes the client may read now, a time in ticks of the monotonic clock.</summary>
    int Allowance(long now);

    /// <summary>Says how many bytes of the allowance were there to be read.</summary>
    void Used(int bytes);
}
