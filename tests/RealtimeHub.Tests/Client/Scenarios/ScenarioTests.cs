using System.Text.Json;
using RealtimeHub.Client;

namespace RealtimeHub.Tests.Client.Scenarios;

// The same files are run by the TypeScript client's tests.
public class ScenarioTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors", "scenarios");

    public static TheoryData<string, HubEncoding> All()
    {
        var all = new TheoryData<string, HubEncoding>();
        foreach (var file in Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            all.Add(Path.GetFileNameWithoutExtension(file), HubEncoding.Json);
            all.Add(Path.GetFileNameWithoutExtension(file), HubEncoding.MessagePack);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task P23_the_client_does_what_the_scenario_says(string name, HubEncoding encoding)
    {
        var scenario = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.json"), TestContext.Current.CancellationToken)).RootElement;
        await using var run = await ScenarioRun.StartAsync(scenario.GetProperty("subscribe"), encoding);

        foreach (var step in scenario.GetProperty("steps").EnumerateArray())
        {
            await run.DoAsync(step);
        }

        run.Check(scenario.GetProperty("expect"));
    }
}
