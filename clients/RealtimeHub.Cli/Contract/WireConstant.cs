using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>One value of a table of constants.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Value">Its text on the wire.</param>
/// <param name="Facts">Further columns, by name: numbers and truths.</param>
/// <param name="Docs">What it says.</param>
internal sealed record WireConstant(string Name, string Value, IReadOnlyList<(string Name, object Value)> Facts, XElement? Docs);
