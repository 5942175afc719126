using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server;

/// <summary>Tries every streaming method there is with a name that it must not read: by hubs that have them and by one that has none.</summary>
internal sealed class StreamingAttacker : IAsyncDisposable
{
    private readonly List<(HubProbe Probe, string[] Methods)> _hubs = [];

    public static async Task<StreamingAttacker> ConnectAsync(HubServer server)
    {
        var attacker = new StreamingAttacker();
        foreach (var (hub, methods) in new (string, string[])[]
        {
            ("/hubs/jobs", ["StreamLogs"]),
            ("/hubs/simulation", ["JoinRun", "StreamFeatures", "StreamSimulation"]),
            ("/hubs/climate", ["StreamFields", "StreamDrivers", "StreamXai"]),
            ("/hubs/workspace", ["Subscribe", "StreamChannel", "Presence"]),
        })
        {
            attacker._hubs.Add((await HubProbe.ConnectAsync(server.Uri, hub, Hubs.Workspace.WorkspaceServer.Mallory), methods));
        }

        return attacker;
    }

    /// <summary>What comes back: items, or the words with which the call fails.</summary>
    public async Task<IReadOnlyList<string>> TryAllAsync(string name)
    {
        var answers = new List<string>();
        foreach (var (probe, methods) in _hubs)
        {
            foreach (var method in methods)
            {
                try
                {
                    await foreach (var item in probe.StreamAsync(method, new { id = name, channel = name, job_id = name, run_id = name }))
                    {
                        answers.Add(item.GetRawText());
                        Assert.False(item.TryGetProperty("frame", out _), $"{method} {name} gave a frame.");
                    }
                }
                catch (InvalidOperationException refusal)
                {
                    // A method that is no stream, or that there is not, fails with SignalR's own words.
                    answers.Add(refusal.Message);
                }
            }
        }

        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (probe, _) in _hubs)
        {
            await probe.DisposeAsync();
        }
    }
}
