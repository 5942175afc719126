using System.Globalization;

namespace RealtimeHub.Science.Simulation;

/// <summary>A value for every parameter of one model. Immutable.</summary>
public sealed class ParameterSet
{
    private readonly IReadOnlyList<ModelParameter> _parameters;
    private readonly double[] _values;

    private ParameterSet(IReadOnlyList<ModelParameter> parameters, double[] values)
    {
        _parameters = parameters;
        _values = values;
    }

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="ArgumentException">The model has no such parameter.</exception>
    public double this[string name] => _values[IndexOf(name) is >= 0 and var index ? index : throw new ArgumentException($"There is no parameter {name}.", nameof(name))];

    /// <summary>Every name with its value, in the model's order.</summary>
    public IEnumerable<KeyValuePair<string, double>> All => _parameters.Select((p, i) => KeyValuePair.Create(p.Name, _values[i]));

    /// <summary>The defaults of a model.</summary>
    public static ParameterSet Defaults(ISimulationModel model) => new(model.Parameters, [.. model.Parameters.Select(p => p.Default)]);

    /// <summary>Puts values in the place of others.</summary>
    /// <param name="given">Names and values.</param>
    /// <param name="isSteering">Whether only parameters that can be steered may be given.</param>
    /// <param name="problems">Gets one entry per name that is not known and value that is out of range.</param>
    public ParameterSet With(IEnumerable<KeyValuePair<string, double>> given, bool isSteering, List<ParameterProblem> problems)
    {
        var values = (double[])_values.Clone();
        foreach (var (name, value) in given)
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            if (IndexOf(name) is var index && index < 0)
            {
                problems.Add(new ParameterProblem(name, $"The model has no parameter {name}.", text, string.Join(", ", _parameters.Select(p => p.Name))));
            }
            else if (isSteering && !_parameters[index].CanSteer)
            {
                problems.Add(new ParameterProblem(name, $"{name} cannot be changed while the run is at work.", text, string.Join(", ", _parameters.Where(p => p.CanSteer).Select(p => p.Name))));
            }
            else if (!_parameters[index].Allows(value))
            {
                problems.Add(new ParameterProblem(name, $"{name} is out of range.", text, _parameters[index].Range));
            }
            else
            {
                values[index] = value;
            }
        }

        return new ParameterSet(_parameters, values);
    }

    /// <summary>A value in single precision, as the kernels compute.</summary>
    internal float Single(string name) => (float)this[name];

    private int IndexOf(string name)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            if (_parameters[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
