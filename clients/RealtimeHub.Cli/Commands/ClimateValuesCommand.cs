using System.CommandLine;
using RealtimeHub.Cli.Climate;
using RealtimeHub.Client.Hubs;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub climate fields</c> and <c>rthub climate drivers</c>: values and a small map of each name, as they come.</summary>
internal sealed class ClimateValuesCommand
{
    private readonly ClimateArguments _arguments = new();
    private readonly Option<string> _names;
    private readonly Opening _open;

    private ClimateValuesCommand(string option, string description, string fallback, Opening open)
    {
        _names = new Option<string>(option) { HelpName = "NAMES", Description = $"{description} Default: {fallback}.", DefaultValueFactory = _ => fallback };
        _open = open;
    }

    private delegate IAsyncEnumerable<StreamItem> Opening(
        ClimateClient client, string[] names, Func<SubscribeClimateRequest, SubscribeClimateRequest> fill, Action<Subscription> onSubscribed, CancellationToken cancellationToken);

    public static Command CreateFields(CommandRunner runner) => Create(
        runner,
        new Command("fields", "Show fields of variables as they come."),
        new ClimateValuesCommand(
            "--variables",
            "Variables with commas between, such as t2m,td2m or t850.",
            "t2m",
            static (client, names, fill, onSubscribed, token) =>
                client.StreamFieldsAsync((SubscribeFieldsRequest)fill(new SubscribeFieldsRequest { Variables = names }), onSubscribed, token)));

    public static Command CreateDrivers(CommandRunner runner) => Create(
        runner,
        new Command("drivers", "Show hazard drivers as they come."),
        new ClimateValuesCommand(
            "--drivers",
            "Drivers with commas between, such as cape,cin,srh_0_3km.",
            "cape,cin",
            static (client, names, fill, onSubscribed, token) =>
                client.StreamDriversAsync((SubscribeDriversRequest)fill(new SubscribeDriversRequest { Drivers = names }), onSubscribed, token)));

    private static Command Create(CommandRunner runner, Command command, ClimateValuesCommand values)
    {
        command.Add(values._names);
        values._arguments.AddTo(command);
        runner.Attach(command, values.RunAsync);
        return command;
    }

    private Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var names = context.Parsed.GetRequiredValue(_names).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return ClimateReading.RunAsync(
            context,
            onSubscribed => _open(context.Client.Climate, names, r => _arguments.Fill(r, context.Parsed), onSubscribed, cancellationToken),
            ClimateView.Show,
            _arguments.IsOnce(context.Parsed),
            cancellationToken);
    }
}
