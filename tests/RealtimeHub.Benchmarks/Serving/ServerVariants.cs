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

    /// <summary>A system call per frame and connection, and nothing else: the floor.</summary>
    public const string Bare = "bare";

    /// <summary>The <c>ws</c> package of Node.</summary>
    public const string NodeWs = "ws";

    /// <summary>Socket.IO on Node, frames sent to a room.</summary>
    public const string SocketIo = "socketio";

    /// <summary>Those that this program serves itself.</summary>
    public static readonly string[] DotNet = [Stock, Engine, Governed, Bare];

    /// <summary>Those that are served by Node.</summary>
    public static readonly string[] Node = [NodeWs, SocketIo];

    /// <summary>Those that are SignalR servers.</summary>
    public static readonly string[] SignalR = [Stock, Engine, Governed];

    /// <summary>Every one.</summary>
    public static readonly string[] All = [.. DotNet, .. Node];
}
