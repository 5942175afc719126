using System.CommandLine;
using RealtimeHub.Cli.Climate;
using RealtimeHub.Protocol.Climate;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub climate fields</c>: values and a small map of each variable, as they come.</summary>
internal sealed class ClimateFieldsCommand
{
    private readonly ClimateArguments _arguments = new();
    private readonly Option<string> _variables = new("--variables")
    {
        HelpName = "NAMES",
        Description = "Variables with commas between, such as t2m,td2m or t850. Default: t2m.",
        DefaultValueFactory = _ => "t2m",
    };

    public static Command Create(CommandRunner runner)
    {
        var fields = new ClimateFieldsCommand();
        var command = new Command("fields", "Show fields of variables as they come.") { fields._variables };
        fields._arguments.AddTo(command);
        runner.Attach(command, fields.RunAsync);
        return command;
    }

    private Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var names = context.Parsed.GetRequiredValue(_variables).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var request = _arguments.Fill(new SubscribeFieldsRequest { Variables = names }, context.Parsed);
        return ClimateReading.RunAsync(
            context, s => context.Client.Climate.StreamFieldsAsync(request, s, cancellationToken), ClimateView.Show, _arguments.IsOnce(context.Parsed), cancellationToken);
    }
}
