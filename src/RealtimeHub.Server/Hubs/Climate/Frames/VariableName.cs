using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>What a variable's name on the wire means in a source: a variable, and for names such as <c>t850</c> a level of it.</summary>
internal readonly record struct VariableName(string Source, double? Level)
{
    /// <summary>Finds what a name means; false where the source has nothing of that name.</summary>
    public static bool TryResolve(FieldCatalogue catalogue, string name, out VariableName resolved, [NotNullWhen(true)] out FieldVariable? variable)
    {
        if (catalogue.Variables.TryGetValue(name, out variable))
        {
            resolved = new VariableName(name, null);
            return true;
        }

        var letters = name.AsSpan().IndexOfAnyInRange('0', '9');
        resolved = default;
        if (letters < 1
            || !catalogue.Variables.TryGetValue(name[..letters], out variable)
            || !variable.HasLevels
            || !double.TryParse(name.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            || variable.IndexOfLevel(level) < 0)
        {
            variable = null;
            return false;
        }

        resolved = new VariableName(name[..letters], level);
        return true;
    }
}
