using System.Net;
using RealtimeHub.Client;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Credentials;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Client.Scripted;
using RealtimeHub.Tests.Server.Auth;

namespace RealtimeHub.Tests.Client.Connections;

public sealed class AccountClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P186_a_client_fetches_tickets_for_one_that_holds_no_key()
    {
        await using var server = HubServer.Start();
        await using var holder = server.Client();
        var fetched = 0;
        await using var bearer = new RealtimeClient(new RealtimeClientOptions
        {
            Uri = server.Uri,
            BackoffBase = TimeSpan.FromMilliseconds(20),
            Credential = RealtimeCredential.Bearer(async cancellationToken =>
            {
                fetched++;
                return (await holder.Account.IssueTicketAsync("/hubs/events", null, cancellationToken)).Ticket;
            }),
        });
        var items = new EventLog<StreamItem>();
        await bearer.Events.SubscribeAsync(new() { Events = ["*"] }, (item, _) => Take(items, item), Cancellation);
        await items.NextAsync();

        server.CutConnections();
        await items.NextAsync();
        var refusal = await Assert.ThrowsAsync<RealtimeConnectionException>(() => bearer.Jobs.ConnectAsync(Cancellation));

        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
        Assert.True(fetched >= 2, "Each connection needs a ticket of its own.");
        Assert.Equal(("admin", "api_key"), ((await holder.Account.WhoAmIAsync(Cancellation)).Id, (await holder.Account.WhoAmIAsync(Cancellation)).Scheme));
    }

    [Fact]
    public async Task P186_a_ticket_of_no_hub_is_refused_with_a_code()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();

        var refusal = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Account.IssueTicketAsync("/hubs/nothing", null, Cancellation));

        Assert.Equal(("INVALID_REQUEST", "hub"), (refusal.Error.Code, refusal.Error.Details!.Errors![0].Field));
    }

    [Fact]
    public async Task P282_a_credential_that_can_be_fetched_anew_is_refreshed_before_it_ends()
    {
        using var mint = new JwtMint();
        var keys = Path.GetTempFileName();
        await File.WriteAllTextAsync(keys, mint.KeySet("RS256"), Cancellation);
        var clock = new ManualTimeProvider();
        var fetched = new EventLog<int>();
        await using (var server = HubServer.Start(
            new Dictionary<string, string?>
            {
                ["Auth:Jwt:0:Issuer"] = JwtMint.Issuer,
                ["Auth:Jwt:0:Audience"] = JwtMint.Audience,
                ["Auth:Jwt:0:ClockSkew"] = "00:00:00",
                ["Auth:Jwt:0:JwksFile"] = keys,
            },
            clock))
        {
            var count = 0;
            await using var client = new RealtimeClient(new RealtimeClientOptions
            {
                Uri = server.Uri,
                TimeProvider = clock,
                ServerTimeout = TimeSpan.FromDays(1),
                Credential = RealtimeCredential.Bearer(_ =>
                {
                    fetched.Add(++count);
                    return ValueTask.FromResult(mint.Token("RS256", clock.GetUtcNow()));
                }),
            });
            var items = new EventLog<StreamItem>();
            await client.Events.SubscribeAsync(new() { Events = ["*"] }, (item, _) => Take(items, item), Cancellation);
            var start = clock.GetUtcNow();
            await EndKnownAsync(client, start.AddMinutes(10));

            clock.Advance(TimeSpan.FromMinutes(5));
            await fetched.NextAsync(n => n == 2);
            await EndKnownAsync(client, start.AddMinutes(15));

            // When the next refresh is set is not told; so time goes on until it comes.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            while (Volatile.Read(ref count) < 3)
            {
                clock.Advance(TimeSpan.FromSeconds(30));
                await Task.Delay(10, limit.Token);
            }

            Assert.Equal(ConnectionState.Connected, client.Events.State);
        }

        File.Delete(keys);
    }

    private static ValueTask Take(EventLog<StreamItem> items, StreamItem item)
    {
        items.Add(item);
        return ValueTask.CompletedTask;
    }

    private static async Task EndKnownAsync(RealtimeClient client, DateTimeOffset end)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (client.Events.CredentialExpiresAt != end)
        {
            // Nothing tells that a notice was taken; this looks again after a moment, with a limit.
            await Task.Delay(10, limit.Token);
        }
    }
}
