#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:project ../RealtimeHub.Client/RealtimeHub.Client.csproj
// Starts a simulation, changes it halfway, and prints the recipe with the change in it.
// Usage: dotnet run steer-simulation.cs [STEPS]   with RTHUB_URL and RTHUB_API_KEY in the environment.
using RealtimeHub.Client;
using RealtimeHub.Protocol.Simulation;

var steps = args.Length > 0 ? int.Parse(args[0]) : 20;
await using var client = new RealtimeClient(new RealtimeClientOptions
{
    Uri = new Uri(Environment.GetEnvironmentVariable("RTHUB_URL") ?? "http://localhost:5080"),
    ApiKey = Environment.GetEnvironmentVariable("RTHUB_API_KEY") ?? "dev-key",
});
var simulation = client.Simulation;
var run = await simulation.StartRunAsync(new StartRunRequest { Model = "gray-scott", GridSize = 32, StartPaused = true });
await simulation.StepRunAsync(run.RunId, steps);
await simulation.SteerRunAsync(new SteerRunRequest { RunId = run.RunId, Feed = 0.03 });
await simulation.StepRunAsync(run.RunId, steps);
await simulation.StopRunAsync(run.RunId);
var recipe = (await simulation.DescribeRunAsync(run.RunId)).Recipe!;
Console.WriteLine($"{recipe.Model} seed {recipe.Seed}");
foreach (var change in recipe.Events)
{
    Console.WriteLine($"after step {change.Step}: {string.Join(", ", change.Parameters?.Select(p => $"{p.Key} = {p.Value}") ?? [])}");
}
