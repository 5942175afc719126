namespace RealtimeHub.Redis.Links;

/// <summary>A script that Redis runs as one step, from this assembly.</summary>
internal sealed class RedisScript
{
    private RedisScript(string name)
    {
        using var reader = new StreamReader(typeof(RedisScript).Assembly.GetManifestResourceStream($"{name}.lua")!);
        Text = reader.ReadToEnd();
    }

    /// <summary>Gives offsets, keeps and announces.</summary>
    public static RedisScript Append { get; } = new("append");

    /// <summary>Reads on in a channel.</summary>
    public static RedisScript Read { get; } = new("read");

    /// <summary>Begins a new epoch.</summary>
    public static RedisScript Renew { get; } = new("renew");

    /// <summary>Takes one of a rate.</summary>
    public static RedisScript Pace { get; } = new("pace");

    /// <summary>Takes or keeps a lease.</summary>
    public static RedisScript Lease { get; } = new("lease");

    public string Text { get; }
}
