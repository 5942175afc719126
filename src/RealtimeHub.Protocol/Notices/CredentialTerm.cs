namespace RealtimeHub.Protocol.Notices;

/// <summary>How long the connection's credential lasts; told once the connection is open, if it ends at all.</summary>
/// <param name="ExpiresAt">When it ends, UTC.</param>
/// <param name="RefreshAfterMs">In how many milliseconds to refresh it: half of its time, or five minutes before its end if that is later.</param>
public sealed record CredentialTerm(DateTimeOffset ExpiresAt, long RefreshAfterMs)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The term of a credential that ends.</summary>
    public static CredentialTerm Of(DateTimeOffset expiresAt, DateTimeOffset now)
    {
        var left = expiresAt > now ? expiresAt - now : TimeSpan.Zero;
        var ahead = left - Ahead;
        return new CredentialTerm(expiresAt, (long)(ahead > left / 2 ? ahead : left / 2).TotalMilliseconds);
    }
}
