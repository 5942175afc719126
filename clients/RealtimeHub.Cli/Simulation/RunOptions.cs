using System.CommandLine;
using System.CommandLine.Parsing;
using RealtimeHub.Cli.Parsing;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Cli.Simulation;

/// <summary>The options that say what a run is made of.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _model = new("--model") { Description = "The model. Default: mycelium-turing." };
    private readonly Option<long?> _seed = new("--seed") { HelpName = "N", Description = "The seed of all random numbers. Default: 42." };
    private readonly Option<int?> _grid = new("--grid") { HelpName = "N", Description = "Cells per side, 8 to 1024. Default: 64." };
    private readonly Option<int?> _steps = new("--steps") { HelpName = "N", Description = "How many steps. Default: 64." };
    private readonly Option<double?> _rate = new("--rate") { HelpName = "N", Description = "Steps per second, 0 for as fast as possible. Default: 10." };
    private readonly Option<string?> _edges = new("--edges") { Description = "What lies beyond the edges. Default: periodic." };
    private readonly Option<double?> _alpha = new("--alpha") { HelpName = "X", Description = "How fast the potential diffuses. Default: 0.18." };
    private readonly Option<double?> _spikes = new("--spike-probability") { HelpName = "P", Description = "How likely a step begins with a spike. Default: 0.25." };
    private readonly Option<IReadOnlyList<KeyValuePair<string, double>>> _parameters = Values("--param", "Any parameter of the model; may be given several times.");

    public RunOptions()
    {
        _model.AcceptOnlyFromAmong([.. SimulationModels.All.Select(m => m.Name)]);
        _edges.AcceptOnlyFromAmong([.. EdgeNames.All]);
    }

    /// <summary>An option whose values are names with numbers.</summary>
    public static Option<IReadOnlyList<KeyValuePair<string, double>>> Values(string name, string description) => new(name)
    {
        HelpName = "NAME=X",
        Description = description,
        CustomParser = Numbers,
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.ZeroOrMore,
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _model, _seed, _grid, _steps, _rate, _edges, _alpha, _spikes, _parameters })
        {
            command.Options.Add(option);
        }
    }

    public StartRunRequest Start(ParseResult parsed, int defaultSteps) => new()
    {
        Model = parsed.GetValue(_model),
        Seed = parsed.GetValue(_seed),
        GridSize = parsed.GetValue(_grid),
        Steps = parsed.GetValue(_steps) ?? defaultSteps,
        StepsPerSecond = parsed.GetValue(_rate),
        Edges = parsed.GetValue(_edges),
        Alpha = parsed.GetValue(_alpha),
        SpikeProbability = parsed.GetValue(_spikes),
        Parameters = parsed.GetValue(_parameters) is { Count: > 0 } given ? given.ToDictionary(p => p.Key, p => p.Value) : null,
    };

    private static List<KeyValuePair<string, double>> Numbers(ArgumentResult result)
    {
        var numbers = new List<KeyValuePair<string, double>>();
        foreach (var (name, text) in Pairs.Parse(result))
        {
            if (double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(new(name, number));
            }
            else
            {
                result.AddError($"'{text}' is no number; write {name}=0.5.");
            }
        }

        return numbers;
    }
}
