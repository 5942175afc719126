using System.Net;
using RealtimeHub.Client;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Credentials;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Connections;

public class CredentialTests
{
    private int _asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credential_is_asked_for_anew_for_every_connection()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = Client(server);
        await client.Events.SubscribeAsync(new() { Events = ["*"] }, (_, _) => ValueTask.CompletedTask, Cancellation);

        (await server.NextConnectionAsync()).Drop();
        await server.NextConnectionAsync();

        Assert.Equal("Bearer ticket-2", server.LastHeaders!.Authorization);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Credential_is_asked_for_once_more_when_what_it_gave_is_refused()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseWith = 401;
        await using var client = Client(server);

        var error = await Assert.ThrowsAsync<RealtimeConnectionException>(() => client.Events.ConnectAsync(Cancellation));

        Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Credential_and_key_together_are_refused()
    {
        await using var server = await ScriptedServer.StartAsync();

        Assert.Throws<ArgumentException>(() => server.CreateClient(configure: o => o with { Credential = RealtimeCredential.Bearer("ticket") }));
    }

    private RealtimeClient Client(ScriptedServer server) => server.CreateClient(configure: options => options with
    {
        ApiKey = null,
        Credential = RealtimeCredential.Bearer(_ => ValueTask.FromResult($"ticket-{Interlocked.Increment(ref _asked)}")),
    });
}
