namespace RealtimeHub.Benchmarks.Serving;

/// <summary>The kinds of server that are compared.</summary>
internal static class ServerVariants
{
    /// <summary>ASP.NET Core SignalR as it comes.</summary>
    public const string Stock = "stock";

    /// <summary>The channel engine, with frames sent to a SignalR group.</summary>
    public const string Engine = "engine";

    /// <summary>The channel engine, with frames appended to a governed channel.</summary>
    public const string Governed = "governed";

    public static readonly string[] All = [Stock, Engine, Governed];
}
