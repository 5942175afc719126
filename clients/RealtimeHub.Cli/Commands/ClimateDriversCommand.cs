using System.CommandLine;
using RealtimeHub.Cli.Climate;
using RealtimeHub.Protocol.Climate;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub climate drivers</c>: values and a small map of each driver, as they come.</summary>
internal sealed class ClimateDriversCommand
{
    private readonly ClimateArguments _arguments = new();
    private readonly Option<string> _drivers = new("--drivers")
    {
        HelpName = "NAMES",
        Description = "Drivers with commas between, such as cape,cin,srh_0_3km. Default: cape,cin.",
        DefaultValueFactory = _ => "cape,cin",
    };

    public static Command Create(CommandRunner runner)
    {
        var drivers = new ClimateDriversCommand();
        var command = new Command("drivers", "Show hazard drivers as they come.") { drivers._drivers };
        drivers._arguments.AddTo(command);
        runner.Attach(command, drivers.RunAsync);
        return command;
    }

    private Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var names = context.Parsed.GetRequiredValue(_drivers).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var request = _arguments.Fill(new SubscribeDriversRequest { Drivers = names }, context.Parsed);
        return ClimateReading.RunAsync(
            context, s => context.Client.Climate.StreamDriversAsync(request, s, cancellationToken), ClimateView.Show, _arguments.IsOnce(context.Parsed), cancellationToken);
    }
}
