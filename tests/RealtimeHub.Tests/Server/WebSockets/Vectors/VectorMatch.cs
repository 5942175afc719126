using System.Globalization;
using System.Text.Json;

namespace RealtimeHub.Tests.Server.WebSockets.Vectors;

/// <summary>Compares what was received with what a vector expects; strings that begin with <c>$</c> are matchers. Pure.</summary>
internal static class VectorMatch
{
    private const double NearMs = 120_000;

    /// <summary>What does not fit; null if everything does.</summary>
    public static string? Differ(JsonElement expected, JsonElement? actual, DateTimeOffset now, string path = "$")
    {
        if (expected.ValueKind is JsonValueKind.String && expected.GetString() is ['$', ..] matcher)
        {
            return Matches(matcher, actual, now) ? null : $"{path}: {matcher} does not fit {actual?.GetRawText() ?? "nothing"}";
        }

        if (actual is not { } value)
        {
            return $"{path} is missing";
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                return value.ValueKind is not JsonValueKind.Object
                    ? $"{path} is no object"
                    : expected.EnumerateObject()
                        .Select(m => Differ(m.Value, value.TryGetProperty(m.Name, out var member) ? member : null, now, $"{path}.{m.Name}"))
                        .FirstOrDefault(d => d is not null);
            case JsonValueKind.Array:
                return value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() != expected.GetArrayLength()
                    ? $"{path} has other items: {value.GetRawText()}"
                    : expected.EnumerateArray().Zip(value.EnumerateArray())
                        .Select((pair, i) => Differ(pair.First, pair.Second, now, $"{path}[{i}]"))
                        .FirstOrDefault(d => d is not null);
            case JsonValueKind.Number:
                return value.ValueKind is JsonValueKind.Number && value.GetDouble().Equals(expected.GetDouble()) ? null : Other(expected, value, path);
            default:
                return JsonElement.DeepEquals(expected, value) ? null : Other(expected, value, path);
        }
    }

    private static string Other(JsonElement expected, JsonElement actual, string path) => $"{path} is {actual.GetRawText()}, not {expected.GetRawText()}";

    private static bool Matches(string matcher, JsonElement? actual, DateTimeOffset now)
    {
        if (matcher == "$absent")
        {
            return actual is null;
        }

        if (actual is not { } value)
        {
            return matcher == "$any" || (matcher == "$absent_or_false");
        }

        var argument = matcher.Contains(':', StringComparison.Ordinal) ? matcher[(matcher.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
        return matcher.Split(':')[0] switch
        {
            "$any" => true,
            "$absent_or_false" => value.ValueKind is JsonValueKind.False,
            "$string" => value.ValueKind is JsonValueKind.String,
            "$nonempty" => value.ValueKind is JsonValueKind.String && value.GetString()!.Length > 0,
            "$int" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
            "$number" => value.ValueKind is JsonValueKind.Number,
            "$number_ms" => value.ValueKind is JsonValueKind.Number && Math.Abs(value.GetDouble() - now.ToUnixTimeMilliseconds()) < NearMs,
            "$iso8601" => value.ValueKind is JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
            "$array" => value.ValueKind is JsonValueKind.Array,
            "$object" => value.ValueKind is JsonValueKind.Object,
            "$len" => value.GetString()?.Length == int.Parse(argument, CultureInfo.InvariantCulture),
            "$contains" => value.GetString()?.Contains(argument, StringComparison.Ordinal) == true,
            "$prefix" => value.GetString()?.StartsWith(argument, StringComparison.Ordinal) == true,
            "$oneof" => argument.Split('|').Contains(value.GetString()),
            _ => throw new InvalidOperationException($"There is no matcher {matcher}."),
        };
    }
}
