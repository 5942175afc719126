using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Tests.Engine.Hubs;

/// <summary>A hub that does what SignalR's own documentation shows, and nothing of ours.</summary>
internal sealed class ContractHub : Hub
{
    public const string Say = "Say";

    public string Id() => Context.ConnectionId;

    public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);

    public Task Leave(string group) => Groups.RemoveFromGroupAsync(Context.ConnectionId, group);

    public Task ToCaller(string text) => Clients.Caller.SendAsync(Say, text);

    public Task ToOthers(string text) => Clients.Others.SendAsync(Say, text);

    public Task ToOthersInGroup(string group, string text) => Clients.OthersInGroup(group).SendAsync(Say, text);

    public async Task Mixed(int count, string group, string user)
    {
        for (var i = 0; i < count; i += 6)
        {
            await Clients.All.SendAsync(Say, $"{i}");
            await Clients.Caller.SendAsync(Say, $"{i + 1}");
            await Clients.Group(group).SendAsync(Say, $"{i + 2}");
            await Clients.Client(Context.ConnectionId).SendAsync(Say, $"{i + 3}");
            await Clients.User(user).SendAsync(Say, $"{i + 4}");
            await Clients.AllExcept("nobody").SendAsync(Say, $"{i + 5}");
        }
    }

    public Task<int> Ask(string connectionId, int number) =>
        Clients.Client(connectionId).InvokeAsync<int>("Double", number, Context.ConnectionAborted);
}
