using System.Globalization;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Validates the parameters of a run, each and together. Pure.</summary>
internal static class RunPlanner
{
    public const int MinGridSize = 8;
    public const int MaxGridSize = 1_024;
    public const double FastestStepsPerSecond = 1_000.0;
    private const double SlowestStepsPerSecond = 0.1;
    private const double DefaultStepsPerSecond = 10.0;
    private const int DefaultGridSize = 64;
    private const long DefaultSeed = 42;

    private static readonly string[] ModelNames = [.. SimulationModels.All.Select(m => m.Name)];

    /// <summary>Turns parameters into a plan.</summary>
    /// <param name="request">The parameters.</param>
    /// <param name="defaultSteps">How many steps when none are given; null for no end.</param>
    /// <param name="maxSteps">How many there may be.</param>
    /// <param name="errors">Gets one entry per bad member.</param>
    public static RunPlan Plan(IRunParameters request, int? defaultSteps, int maxSteps, List<FieldError> errors)
    {
        var model = SimulationModels.Find(Checks.OneOf("model", request.Model, SimulationModels.Default.Name, ModelNames, errors))!;
        var seed = Checks.InRange("seed", request.Seed, DefaultSeed, 0, long.MaxValue, errors);
        var gridSize = Checks.InRange("grid_size", request.GridSize, DefaultGridSize, MinGridSize, MaxGridSize, errors);
        var steps = request.Steps is null ? defaultSteps : Checks.InRange("steps", request.Steps, 1, 1, maxSteps, errors);
        var edges = Checks.OneOf("edges", request.Edges, EdgeNames.Periodic, EdgeNames.All, errors);
        var rate = request.StepsPerSecond is 0.0
            ? FastestStepsPerSecond
            : Checks.InRange("steps_per_second", request.StepsPerSecond, DefaultStepsPerSecond, SlowestStepsPerSecond, FastestStepsPerSecond, errors);
        var parameters = Parameters(model, request, errors);
        var recipe = new SimulationRecipe(model, (ulong)seed, gridSize, EdgesOf(edges), parameters);
        var values = string.Join(';', parameters.All.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value:R}")));
        var key = string.Create(CultureInfo.InvariantCulture, $"{model.Name};{model.Version};{seed};{gridSize};{edges};{steps};{rate:R};{values}");
        return new RunPlan(recipe, steps, rate, key);
    }

    public static EdgeKind EdgesOf(string name) => name switch
    {
        EdgeNames.ZeroFlux => EdgeKind.ZeroFlux,
        EdgeNames.Fixed => EdgeKind.Fixed,
        _ => EdgeKind.Periodic,
    };

    public static string NameOf(EdgeKind edges) => edges switch
    {
        EdgeKind.ZeroFlux => EdgeNames.ZeroFlux,
        EdgeKind.Fixed => EdgeNames.Fixed,
        _ => EdgeNames.Periodic,
    };

    public static IEnumerable<FieldError> ErrorsOf(IEnumerable<ParameterProblem> problems, IReadOnlyDictionary<string, string>? spellings = null) =>
        problems.Select(p => new FieldError(spellings?.GetValueOrDefault(p.Name) ?? p.Name, p.Message, p.Value, p.Bound));

    private static ParameterSet Parameters(ISimulationModel model, IRunParameters request, List<FieldError> errors)
    {
        var given = new List<KeyValuePair<string, double>>(request.Parameters ?? new Dictionary<string, double>());
        Add("alpha", request.Alpha);
        Add("spike_probability", request.SpikeProbability);
        Add("turing_enabled", request.TuringEnabled is { } on ? (on ? 1.0 : 0.0) : null);
        var problems = new List<ParameterProblem>();
        var parameters = ParameterSet.Defaults(model).With(given, isSteering: false, problems);
        if (problems.Count == 0)
        {
            model.Check(parameters, problems);
        }

        errors.AddRange(ErrorsOf(problems));
        return parameters;

        void Add(string name, double? value)
        {
            if (value is not { } number)
            {
                return;
            }

            if (given.Any(p => p.Key == name))
            {
                errors.Add(new FieldError(name, $"{name} is given twice.", null, "once, as a member or in parameters"));
            }

            given.Add(KeyValuePair.Create(name, number));
        }
    }
}
