using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Engine.Hubs;

/// <summary>One client of a <see cref="ContractServer"/>.</summary>
internal sealed class Peer : IAsyncDisposable
{
    public const string Fence = "fence";

    private int _fences;

    private Peer(HubProbe probe) => Probe = probe;

    public HubProbe Probe { get; }

    public string Id { get; private set; } = "";

    /// <summary>What it was told, without fences.</summary>
    public IReadOnlyList<string> Heard =>
        [.. Probe.All.Where(p => p.Target == ContractHub.Say).Select(p => p.Argument.ToString()).Where(t => t != Fence)];

    public static async Task<Peer> ConnectAsync(Uri server, string? user, bool isPaused, string protocol)
    {
        var probe = await HubProbe.ConnectAsync(server, user is null ? "/hub" : $"/hub?user={user}", key: null, protocol: protocol);
        var peer = new Peer(probe) { Id = (await probe.CallAsync("Id")).GetString()! };
        if (isPaused)
        {
            // A read that has begun still ends; it takes one message with it.
            probe.Pause();
        }

        return peer;
    }

    public Task CallAsync(string method, params object?[] arguments) => Probe.CallAsync(method, arguments);

    public async Task WaitForFenceAsync()
    {
        var count = Interlocked.Increment(ref _fences);
        await Probe.WaitAsync(all => all.Count(p => p.Target == ContractHub.Say && p.Argument.ToString() == Fence) >= count, $"fence {count}");
    }

    /// <summary>Waits for a question of the hub.</summary>
    public async Task<HubPush> WaitForQuestionAsync() => (await Probe.WaitForAsync("Double"))[0];

    /// <summary>Answers a question with any member of a completion message.</summary>
    public Task AnswerAsync(HubPush question, string member, object? value) =>
        Probe.SendTextAsync($$"""{"type":3,"invocationId":"{{question.InvocationId}}","{{member}}":{{JsonSerializer.Serialize(value)}}}""" + "\u001e");

    public ValueTask DisposeAsync() => Probe.DisposeAsync();
}
