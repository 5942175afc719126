using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>A table of texts that some member takes its value from.</summary>
internal sealed record WireConstants(string Name, IReadOnlyList<WireConstant> Values, XElement? Docs)
{
    /// <summary>The name of one value's type.</summary>
    public string Singular => SingularOf(Name);

    /// <summary><c>GapReasons</c> are each a <c>GapReason</c>.</summary>
    public static string SingularOf(string name) =>
        name.EndsWith("ies", StringComparison.Ordinal) ? name[..^3] + "y" : name.EndsWith('s') ? name[..^1] : name + "Value";
}
