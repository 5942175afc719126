namespace RealtimeHub.Engine.Cursors;

/// <summary>What a slow-consumer policy may know of a log.</summary>
public interface ILagIndex
{
    /// <summary>The newest offset.</summary>
    long Newest { get; }

    /// <summary>The oldest offset kept; one above the newest when none is.</summary>
    long OldestKept { get; }

    /// <summary>The bytes of all frames after an offset; the largest number when some of them are gone.</summary>
    long BytesAfter(long offset);

    /// <summary>Whether a newer frame with the same key is at or below an offset.</summary>
    bool IsSuperseded(long offset, long upTo);
}
