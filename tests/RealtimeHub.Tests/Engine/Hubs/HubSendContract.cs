using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Tests.Engine.Hubs;

/// <summary>What SignalR promises of sends. Holds for stock SignalR and for the engine alike.</summary>
public abstract class HubSendContract(bool isEngine, string protocol = "json") : IAsyncLifetime
{
    private const string Say = ContractHub.Say;

    private ContractServer _server = null!;

    private IHubClients Clients => _server.Hub.Clients;

    private IGroupManager Groups => _server.Hub.Groups;

    public async ValueTask InitializeAsync() => _server = await StartAsync(isEngine, protocol);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual Task<ContractServer> StartAsync(bool isEngine, string protocol) => ContractServer.StartAsync(isEngine, protocol: protocol);

    [Fact]
    public async Task P90_All_reaches_everybody_and_AllExcept_everybody_else()
    {
        await using var a = await _server.ConnectAsync();
        await using var b = await _server.ConnectAsync();
        await using var c = await _server.ConnectAsync();

        await Clients.All.SendAsync(Say, "all");
        await Clients.AllExcept(a.Id, c.Id, "nobody").SendAsync(Say, "except");
        await Clients.AllExcept([]).SendAsync(Say, "except none");
        await _server.FenceAsync(a, b, c);

        Assert.Equal(["all", "except none"], a.Heard);
        Assert.Equal(["all", "except", "except none"], b.Heard);
        Assert.Equal(a.Heard, c.Heard);
    }

    [Fact]
    public async Task P90_Caller_and_Others_are_seen_from_the_caller()
    {
        await using var a = await _server.ConnectAsync();
        await using var b = await _server.ConnectAsync();
        await using var c = await _server.ConnectAsync();

        await a.CallAsync("ToCaller", "caller");
        await a.CallAsync("ToOthers", "others");
        await _server.FenceAsync(a, b, c);

        Assert.Equal(["caller"], a.Heard);
        Assert.Equal(["others"], b.Heard);
        Assert.Equal(["others"], c.Heard);
    }

    [Fact]
    public async Task P90_Client_and_Clients_reach_each_named_connection_once_and_ignore_unknown_ones()
    {
        await using var a = await _server.ConnectAsync();
        await using var b = await _server.ConnectAsync();

        await Clients.Client(a.Id).SendAsync(Say, "one");
        await Clients.Client("nobody").SendAsync(Say, "lost");
        await Clients.Clients(a.Id, b.Id, "nobody", a.Id).SendAsync(Say, "both");
        await Clients.Clients([]).SendAsync(Say, "lost");
        await _server.FenceAsync(a, b);

        Assert.Equal(["one", "both"], a.Heard);
        Assert.Equal(["both"], b.Heard);
    }

    [Fact]
    public async Task P90_groups_reach_their_members()
    {
        await using var a = await _server.ConnectAsync();
        await using var b = await _server.ConnectAsync();
        await using var c = await _server.ConnectAsync();
        await a.CallAsync("Join", "red");
        await b.CallAsync("Join", "red");
        await b.CallAsync("Join", "blue");

        await Clients.Group("red").SendAsync(Say, "red");
        await Clients.Group("RED").SendAsync(Say, "lost");
        await Clients.Group("green").SendAsync(Say, "lost");
        await Clients.Groups("red", "blue", "green").SendAsync(Say, "either");
        await Clients.GroupExcept("red", b.Id, c.Id).SendAsync(Say, "except");
        await a.CallAsync("ToOthersInGroup", "red", "others");
        await _server.FenceAsync(a, b, c);

        Assert.Equal(["red", "either", "except"], a.Heard);
        Assert.Equal(["red", "either", "either", "others"], b.Heard);
        Assert.Empty(c.Heard);
    }

    [Fact]
    public async Task P90_who_has_left_a_group_hears_it_no_more_and_joining_twice_counts_once()
    {
        await using var a = await _server.ConnectAsync();
        await using var b = await _server.ConnectAsync();
        await a.CallAsync("Join", "red");
        await a.CallAsync("Join", "red");
        await Groups.AddToGroupAsync(b.Id, "red", TestContext.Current.CancellationToken);

        await Clients.Group("red").SendAsync(Say, "1");
        await a.CallAsync("Leave", "red");
        await a.CallAsync("Leave", "red");
        await a.CallAsync("Leave", "never joined");
        await Clients.Group("red").SendAsync(Say, "2");
        await Groups.RemoveFromGroupAsync(b.Id, "red", TestContext.Current.CancellationToken);
        await Clients.Group("red").SendAsync(Say, "3");
        await a.CallAsync("Join", "red");
        await Clients.Group("red").SendAsync(Say, "4");
        await _server.FenceAsync(a, b);

        Assert.Equal(["1", "4"], a.Heard);
        Assert.Equal(["1", "2"], b.Heard);
    }

    [Fact]
    public async Task P90_groups_of_unknown_connections_are_ignored()
    {
        await Groups.AddToGroupAsync("nobody", "red", TestContext.Current.CancellationToken);
        await Groups.RemoveFromGroupAsync("nobody", "red", TestContext.Current.CancellationToken);
        await using var a = await _server.ConnectAsync();

        await Clients.Group("red").SendAsync(Say, "lost");
        await _server.FenceAsync(a);

        Assert.Empty(a.Heard);
    }

    [Fact]
    public async Task P90_users_are_reached_on_all_their_connections()
    {
        await using var ann = await _server.ConnectAsync("ann");
        await using var annToo = await _server.ConnectAsync("ann");
        await using var bob = await _server.ConnectAsync("bob");
        await using var nobody = await _server.ConnectAsync();

        await Clients.User("ann").SendAsync(Say, "ann");
        await Clients.User("ANN").SendAsync(Say, "lost");
        await Clients.Users("ann", "bob", "carl", "ann").SendAsync(Say, "users");
        await _server.FenceAsync(ann, annToo, bob, nobody);

        Assert.Equal(["ann", "users"], ann.Heard);
        Assert.Equal(["ann", "users"], annToo.Heard);
        Assert.Equal(["users"], bob.Heard);
        Assert.Empty(nobody.Heard);
    }

    [Fact]
    public async Task P90_sends_of_every_kind_come_in_the_order_they_were_made()
    {
        await using var a = await _server.ConnectAsync("ann");
        await using var b = await _server.ConnectAsync("ann");
        await a.CallAsync("Join", "red");
        await b.CallAsync("Join", "red");

        await a.CallAsync("Mixed", 600, "red", "ann");
        await _server.FenceAsync(a, b);

        Assert.Equal(Enumerable.Range(0, 600).Select(i => $"{i}"), a.Heard);
        Assert.Equal(Enumerable.Range(0, 600).Where(i => (i % 6) is 0 or 2 or 4 or 5).Select(i => $"{i}"), b.Heard);
    }

    [Fact]
    public async Task P90_a_call_s_sends_come_before_its_result()
    {
        await using var a = await _server.ConnectAsync();

        for (var i = 1; i <= 20; i++)
        {
            await a.CallAsync("ToCaller", $"{i}");
            Assert.Equal(i, a.Heard.Count);
        }
    }

    [Fact]
    public async Task P90_what_is_changed_after_a_send_is_not_sent()
    {
        await using var a = await _server.ConnectAsync();
        await using var b = await _server.ConnectAsync();
        var list = new List<int> { 1 };

        var send = Clients.All.SendAsync(Say, list, TestContext.Current.CancellationToken);
        list.Add(2);
        await send;
        await _server.FenceAsync(a, b);

        Assert.Equal(["[1]"], a.Heard);
        Assert.Equal(["[1]"], b.Heard);
    }

    [Fact]
    public async Task P90_who_has_gone_is_nobody()
    {
        await using var a = await _server.ConnectAsync("ann");
        await using var b = await _server.ConnectAsync("ann");
        await b.CallAsync("Join", "red");
        var gone = Clients.Client(b.Id).InvokeAsync<int>("Double", 1, TestContext.Current.CancellationToken);
        await b.WaitForQuestionAsync();

        b.Probe.Abort();
        await Assert.ThrowsAsync<IOException>(() => gone);
        await Clients.Client(b.Id).SendAsync(Say, "client");
        await Clients.Group("red").SendAsync(Say, "group");
        await Clients.User("ann").SendAsync(Say, "user");
        await Groups.AddToGroupAsync(b.Id, "blue", TestContext.Current.CancellationToken);
        await Clients.Group("blue").SendAsync(Say, "group");
        await _server.FenceAsync(a);

        Assert.Equal(["user"], a.Heard);
    }
}
