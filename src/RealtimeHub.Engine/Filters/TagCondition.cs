using System.Globalization;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Engine.Filters;

/// <summary>A compiled condition on tags. Immutable; no allocation when matching.</summary>
/// <remarks>A comparison with an absent tag fails, but for <c>neq</c>, <c>nin</c> and <c>nex</c>, which hold.</remarks>
public sealed class TagCondition
{
    /// <summary>How deep conditions may be nested.</summary>
    public const int MaxDepth = 8;

    /// <summary>How many nodes a condition may have.</summary>
    public const int MaxNodes = 64;

    /// <summary>How many values one comparison may have.</summary>
    public const int MaxValues = 64;

    /// <summary>The longest value, in characters.</summary>
    public const int MaxValueLength = 200;

    private const string Operators = "eq neq in nin ex nex sw ew ct gt gte lt lte";

    private readonly Operation _operation;
    private readonly TagCondition[] _parts;
    private readonly string _tag;
    private readonly string _value;
    private readonly string[] _values;
    private readonly double _number;

    private TagCondition(Operation operation, TagCondition[] parts, string tag = "", string value = "", string[]? values = null, double number = 0)
    {
        _operation = operation;
        _parts = parts;
        _tag = tag;
        _value = value;
        _values = values ?? [];
        _number = number;
    }

    /// <summary>The filter that it was compiled from.</summary>
    internal TagFilter? Source { get; private set; }

    private enum Operation
    {
        Eq, Neq, In, Nin, Ex, Nex, Sw, Ew, Ct, Gt, Gte, Lt, Lte, And, Or, Not,
    }

    /// <summary>Compiles a filter.</summary>
    /// <param name="filter">The filter as it came.</param>
    /// <param name="field">Its member, for errors.</param>
    /// <param name="errors">Gets what is wrong with it.</param>
    /// <returns>The condition; null if there were errors.</returns>
    public static TagCondition? Compile(TagFilter filter, string field, List<FieldError> errors)
    {
        var nodes = 0;
        var before = errors.Count;
        var condition = Compile(filter, field, 1, ref nodes, errors);
        if (errors.Count > before)
        {
            return null;
        }

        condition!.Source = filter;
        return condition;
    }

    /// <summary>Whether the tags meet it.</summary>
    public bool Matches(IReadOnlyDictionary<string, string>? tags)
    {
        switch (_operation)
        {
            case Operation.And or Operation.Or:
                foreach (var part in _parts)
                {
                    if (part.Matches(tags) != (_operation is Operation.And))
                    {
                        return _operation is Operation.Or;
                    }
                }

                return _operation is Operation.And;
            case Operation.Not:
                return !_parts[0].Matches(tags);
            default:
                string? value = null;
                return tags?.TryGetValue(_tag, out value) == true ? Compare(value!) : _operation is Operation.Neq or Operation.Nin or Operation.Nex;
        }
    }

    private static TagCondition? Compile(TagFilter filter, string field, int depth, ref int nodes, List<FieldError> errors)
    {
        if (depth > MaxDepth || ++nodes > MaxNodes)
        {
            errors.Add(new FieldError(field, "The filter is too large.", null, $"{MaxDepth} levels, {MaxNodes} nodes"));
            return null;
        }

        var kinds = (filter.And is null ? 0 : 1) + (filter.Or is null ? 0 : 1) + (filter.Not is null ? 0 : 1) + (filter.Tag is null ? 0 : 1);
        if (kinds != 1)
        {
            errors.Add(new FieldError(field, "Exactly one of and, or, not and tag must be given.", null, "and | or | not | tag"));
            return null;
        }

        if (filter.Tag is not null)
        {
            return CompileComparison(filter, field, errors);
        }

        var (operation, name, filters) = filter switch
        {
            { And: { } all } => (Operation.And, "and", all),
            { Or: { } any } => (Operation.Or, "or", any),
            _ => (Operation.Not, "not", [filter.Not!]),
        };
        if (filters.Count is 0 or > MaxNodes)
        {
            errors.Add(new FieldError($"{field}.{name}", "The list of conditions is empty or too long.", filters.Count.ToString(CultureInfo.InvariantCulture), $"1..{MaxNodes}"));
            return null;
        }

        return CompileParts(filters, i => operation is Operation.Not ? $"{field}.not" : string.Create(CultureInfo.InvariantCulture, $"{field}.{name}[{i}]"), depth, ref nodes, errors) is { } parts
            ? new TagCondition(operation, parts)
            : null;
    }

    private static TagCondition[]? CompileParts(IReadOnlyList<TagFilter> filters, Func<int, string> pathOf, int depth, ref int nodes, List<FieldError> errors)
    {
        var parts = new TagCondition[filters.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            if (filters[i] is null)
            {
                errors.Add(new FieldError(pathOf(i), "A condition is missing here."));
                return null;
            }

            if (Compile(filters[i], pathOf(i), depth + 1, ref nodes, errors) is not { } part)
            {
                return null;
            }

            parts[i] = part;
        }

        return parts;
    }

    private static TagCondition? CompileComparison(TagFilter filter, string field, List<FieldError> errors)
    {
        var index = Array.IndexOf(Operators.Split(' '), filter.Op ?? "eq");
        if (index < 0)
        {
            errors.Add(new FieldError($"{field}.op", "There is no such comparison.", FieldError.Preview(filter.Op!), Operators));
            return null;
        }

        var operation = (Operation)index;
        var isList = operation is Operation.In or Operation.Nin;
        var needsValue = !isList && operation is not (Operation.Ex or Operation.Nex);
        if (isList && filter.Values is not { Count: > 0 and <= MaxValues })
        {
            errors.Add(new FieldError($"{field}.values", "This comparison needs a list of values.", null, $"1..{MaxValues} values"));
            return null;
        }

        if (needsValue && filter.Value is not { Length: <= MaxValueLength })
        {
            errors.Add(new FieldError($"{field}.value", "This comparison needs a value.", null, $"at most {MaxValueLength} characters"));
            return null;
        }

        if (isList && filter.Values!.Any(v => v is not { Length: <= MaxValueLength }))
        {
            errors.Add(new FieldError($"{field}.values", "A value is missing or too long.", null, $"at most {MaxValueLength} characters"));
            return null;
        }

        double number = 0;
        if (operation is >= Operation.Gt and <= Operation.Lte && !TryNumber(filter.Value!, out number))
        {
            errors.Add(new FieldError($"{field}.value", "This comparison needs a number.", FieldError.Preview(filter.Value!), "a number in text form"));
            return null;
        }

        return new TagCondition(operation, [], filter.Tag!, filter.Value ?? "", filter.Values is null ? null : [.. filter.Values], number);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private bool Compare(string value) => _operation switch
    {
        Operation.Eq => value == _value,
        Operation.Neq => value != _value,
        Operation.In => Array.IndexOf(_values, value) >= 0,
        Operation.Nin => Array.IndexOf(_values, value) < 0,
        Operation.Ex => true,
        Operation.Nex => false,
        Operation.Sw => value.StartsWith(_value, StringComparison.Ordinal),
        Operation.Ew => value.EndsWith(_value, StringComparison.Ordinal),
        Operation.Ct => value.Contains(_value, StringComparison.Ordinal),
        _ => TryNumber(value, out var number) && CompareNumber(number),
    };

    private bool CompareNumber(double number) => _operation switch
    {
        Operation.Gt => number > _number,
        Operation.Gte => number >= _number,
        Operation.Lt => number < _number,
        _ => number <= _number,
    };
}
