using Microsoft.AspNetCore.Connections;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.Connections;

/// <summary>What the server keeps of one hub connection from its upgrade to its end; a feature of the connection.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LiveConnection(ConnectionContext context, string hub, string address, PrincipalFeature principal, DateTimeOffset openedAt)
{
    private int _openStreams;
    private int _isExpiryTold;

    public ConnectionContext Context { get; } = context;

    public string ConnectionId => Context.ConnectionId;

    /// <summary>The hub's path.</summary>
    public string Hub { get; } = hub;

    /// <summary>Where it comes from.</summary>
    public string Address { get; } = address;

    /// <summary>Who it is, as of now.</summary>
    public PrincipalFeature Principal { get; } = principal;

    /// <summary>The principal that it counts for.</summary>
    public string CountedAs { get; set; } = principal.Principal.Id;

    public DateTimeOffset OpenedAt { get; } = openedAt;

    /// <summary>What it sends.</summary>
    public required ConnectionTraffic Traffic { get; init; }

    /// <summary>The refresh of its credential.</summary>
    public required LiveCredentials Credentials { get; init; }

    /// <summary>The pace of its calls.</summary>
    public Pace Calls { get; } = new();

    /// <summary>The pace of what it should not do.</summary>
    public Pace Faults { get; } = new();

    /// <summary>Why it ended, as far as the hub has seen.</summary>
    public string? EndReason { get; set; }

    public int OpenStreams => Volatile.Read(ref _openStreams);

    /// <summary>Opens one more stream, if it may have so many.</summary>
    public bool TryOpenStream(int max)
    {
        if (Interlocked.Increment(ref _openStreams) <= max)
        {
            return true;
        }

        Interlocked.Decrement(ref _openStreams);
        return false;
    }

    public void CloseStream() => Interlocked.Decrement(ref _openStreams);

    /// <summary>Whether the expiry has not been told yet; asked once per credential.</summary>
    public bool TryTellExpiry() => Interlocked.Exchange(ref _isExpiryTold, 1) == 0;

    public void Refreshed() => Volatile.Write(ref _isExpiryTold, 0);
}
