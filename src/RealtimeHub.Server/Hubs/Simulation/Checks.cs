using System.Globalization;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Errors that name the field, the value and the bound.</summary>
internal static class Checks
{
    public static T InRange<T>(string field, T? value, T fallback, T min, T max, List<FieldError> errors)
        where T : struct, IComparable<T>, IFormattable
    {
        var given = value ?? fallback;
        if (value is not null && !(given.CompareTo(min) >= 0 && given.CompareTo(max) <= 0))
        {
            errors.Add(new FieldError(
                field, $"{field} is out of range.", given.ToString(null, CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{min}..{max}")));
            return fallback;
        }

        return given;
    }

    public static string OneOf(string field, string? value, string fallback, IReadOnlyList<string> allowed, List<FieldError> errors)
    {
        if (value is not null && !allowed.Contains(value))
        {
            errors.Add(new FieldError(field, $"There is no such {field}.", FieldError.Preview(value), string.Join(", ", allowed)));
            return fallback;
        }

        return value ?? fallback;
    }

    public static ProtocolError Refusal(List<FieldError> errors) =>
        ErrorCodes.InvalidRequest.With($"{errors[0].Field}: {errors[0].Message}", errors);
}
