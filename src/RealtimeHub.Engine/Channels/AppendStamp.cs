namespace RealtimeHub.Engine.Channels;

/// <summary>Ranks all appends of this process, so that a reader of several logs can keep their common order. Thread-safe.</summary>
internal static class AppendStamp
{
    private static long _last;

    public static long Next() => Interlocked.Increment(ref _last);
}
