using System.CommandLine;
using RealtimeHub.Benchmarks.Comparing;
using RealtimeHub.Benchmarks.Fields;
using RealtimeHub.Benchmarks.Micro;
using RealtimeHub.Benchmarks.Serving;
using RealtimeHub.Benchmarks.Sharing;
using RealtimeHub.Benchmarks.Simulating;

var root = new RootCommand("Measures RealtimeHub: whole servers against stock SignalR, and hot types one by one.")
{
    TableCommand.Create(),
    CompareCommand.Create(),
    MicroCommand.Create(),
    ServeCommand.Create(),
    SimulationCommand.Create(),
    AcceptanceCommand.Create(),
    RedisCommand.Create(),
};
foreach (var command in FieldsCommand.Create())
{
    root.Add(command);
}

return await root.Parse(args).InvokeAsync();
