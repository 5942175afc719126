using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli.Commands;

public class EventsAckCommandTests
{
    private const string Critical =
        """{"id":1,"event_id":1,"batch_id":"b","camera_id":"c","risk_score":90,"risk_level":"critical","summary":"s","reasoning":"r"}""";

    private static readonly Dictionary<string, string> Admin = new() { ["RTHUB_API_KEY"] = HubServer.AdminKey };

    [Fact]
    public async Task Ack_takes_over_what_another_terminal_of_the_same_consumer_shows()
    {
        await using var server = HubServer.Start();
        await using var tail = CliRun.Start(server.Uri, "events", "tail", "--consumer", "desk", "--api-key", HubServer.AdminKey);
        await tail.Error.LineAsync("Listening to events");
        await CliRun.ToEndAsync(server.Uri, ["publish", "events", "--type", "event", "--data", Critical], environment: Admin);
        await tail.Output.LineAsync("critical");

        var ack = await CliRun.ToEndAsync(server.Uri, ["events", "ack", "1", "--consumer", "desk"], environment: Admin);
        var unknown = await CliRun.ToEndAsync(server.Uri, ["events", "ack", "7", "--consumer", "desk"], environment: Admin);

        Assert.Equal((0, "acknowledged 1; unknown none; 0 still wait\n"), (ack.Code, ack.Output));
        Assert.Equal((1, "acknowledged none; unknown 7; 0 still wait\n"), (unknown.Code, unknown.Output));
    }

    [Fact]
    public async Task Jobs_watch_shows_states_as_they_change()
    {
        await using var server = HubServer.Start();
        await using var watch = CliRun.Start(server.Uri, "jobs", "watch", "--api-key", HubServer.AdminKey);
        await watch.Error.LineAsync("Listening to jobs");

        await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--id", "42", "--", "true"], environment: Admin);

        Assert.Contains("42", await watch.Output.LineAsync("running"), StringComparison.Ordinal);
        Assert.Contains("42", await watch.Output.LineAsync("completed"), StringComparison.Ordinal);
        Assert.Equal(0, (await watch.InterruptAsync()).Code);
    }
}
