#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:project ../RealtimeHub.Client/RealtimeHub.Client.csproj
// Prints security events and keeps the last position in a file: the next start goes on where this one ended, and misses nothing.
// Usage: dotnet run resume-events.cs FILE [COUNT]   with RTHUB_URL and RTHUB_API_KEY in the environment.
using RealtimeHub.Client;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Events;

var (file, left) = (args[0], args.Length > 1 ? int.Parse(args[1]) : int.MaxValue);
StreamPosition? from = File.Exists(file) && StreamPosition.TryParse(File.ReadAllText(file), out var kept) ? kept : null;
await using var client = new RealtimeClient(new RealtimeClientOptions
{
    Uri = new Uri(Environment.GetEnvironmentVariable("RTHUB_URL") ?? "http://localhost:5080"),
    ApiKey = Environment.GetEnvironmentVariable("RTHUB_API_KEY") ?? "dev-key",
});
var request = new SubscribeEventsRequest { From = from, Last = from is null ? 1_000 : null };
await foreach (var item in client.Events.TailAsync(request))
{
    if (item.Gap is { } gap)
    {
        Console.Error.WriteLine($"lost {gap.Count}: {gap.Reason}");
    }
    else if (item.Frame is { } frame)
    {
        Console.WriteLine($"{frame.Sequence} {frame.Type}");
        File.WriteAllText(file, frame.Position.ToString());
        if (--left <= 0)
        {
            break;
        }
    }
}
