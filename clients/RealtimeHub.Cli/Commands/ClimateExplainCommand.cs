using System.CommandLine;
using RealtimeHub.Cli.Climate;
using RealtimeHub.Protocol.Climate;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub climate explain</c>: what each feature contributes to a prediction.</summary>
internal sealed class ClimateExplainCommand
{
    private readonly ClimateArguments _arguments = new();
    private readonly Option<string> _variable = new("--variable") { Description = "t2m, td2m, u10 or v10. Default: t2m.", DefaultValueFactory = _ => "t2m" };
    private readonly Option<string> _method = new("--method") { Description = "shap or ig. Default: shap.", DefaultValueFactory = _ => "shap" };
    private readonly Option<string?> _time = new("--time") { HelpName = "TIME", Description = "One valid time; then it ends. Default: as the data clock goes on." };
    private readonly Option<string?> _point = new("--point") { HelpName = "LON,LAT", Description = "One place in place of the box." };
    private readonly Option<string?> _level = new("--level") { Description = "local, spatial or narrative." };
    private readonly Option<int?> _h3 = new("--h3") { HelpName = "RESOLUTION", Description = "Means of H3 cells." };

    public static Command Create(CommandRunner runner)
    {
        var explain = new ClimateExplainCommand();
        var command = new Command("explain", "Explain predictions.")
        {
            explain._variable, explain._method, explain._time, explain._point, explain._level, explain._h3,
        };
        explain._arguments.AddTo(command);
        runner.Attach(command, explain.RunAsync);
        return command;
    }

    private Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var parsed = context.Parsed;
        var request = new SubscribeXaiRequest
        {
            Variable = parsed.GetRequiredValue(_variable),
            Method = parsed.GetRequiredValue(_method),
            Level = parsed.GetValue(_level),
            Time = parsed.GetValue(_time) is { } time ? ClimateArguments.Time("--time", time) : null,
            Domain = parsed.GetValue(_point) is { } point ? new ClimateDomain { Crs = "EPSG:4326", Point = ClimateArguments.Numbers("--point", point, 2) } : null,
            Options = new ClimateOptions { H3Resolution = parsed.GetValue(_h3) },
        };
        var filled = _arguments.Fill(request, parsed);
        return ClimateReading.RunAsync(
            context, s => context.Client.Climate.StreamXaiAsync(filled, s, cancellationToken), ClimateView.ShowExplanation, _arguments.IsOnce(parsed), cancellationToken);
    }
}
