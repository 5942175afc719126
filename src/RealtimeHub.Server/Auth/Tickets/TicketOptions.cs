using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.Auth.Tickets;

/// <summary>One-use tickets.</summary>
public sealed class TicketOptions
{
    /// <summary>How long a ticket waits for its use. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many tickets may wait at a time. Default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxOutstanding { get; set; } = 100_000;
}
