using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Auth.Tickets;

/// <summary>The tickets that wait for their use. Thread-safe and bounded.</summary>
internal sealed class TicketBook(IOptions<AuthOptions> options, TimeProvider clock)
{
    /// <summary>What every ticket begins with.</summary>
    public const string Prefix = "rtkt_";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Ticket> _tickets = new(StringComparer.Ordinal);
    private readonly Queue<(string Hash, DateTimeOffset End)> _byEnd = new();

    /// <summary>Makes a ticket; null if as many wait as may.</summary>
    public (string Secret, Ticket Ticket)? Issue(Identity identity, string hub, string? origin)
    {
        var secret = SecretText.New(Prefix);
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_byEnd.TryPeek(out var oldest) && oldest.End <= now)
            {
                _tickets.Remove(_byEnd.Dequeue().Hash);
            }

            if (_tickets.Count >= options.Value.Tickets.MaxOutstanding)
            {
                return null;
            }

            var ticket = new Ticket(identity, hub, origin, now + options.Value.Tickets.Lifetime);
            var hash = SecretText.Hash(secret);
            _tickets.Add(hash, ticket);
            _byEnd.Enqueue((hash, ticket.ExpiresAt));
            return (secret, ticket);
        }
    }

    /// <summary>Finds a ticket that fits, and spends it if asked to. One that does not fit stays for whom it was made.</summary>
    public Ticket? Take(string secret, string path, string? origin, bool isSpent)
    {
        var hash = SecretText.Hash(secret);
        lock (_gate)
        {
            var fits = _tickets.TryGetValue(hash, out var ticket)
                && ticket.ExpiresAt > clock.GetUtcNow()
                && (path == ticket.Hub || path == $"{ticket.Hub}/negotiate")
                && string.Equals(origin, ticket.Origin, StringComparison.OrdinalIgnoreCase);
            if (fits && isSpent)
            {
                _tickets.Remove(hash);
            }

            return fits ? ticket : null;
        }
    }
}
