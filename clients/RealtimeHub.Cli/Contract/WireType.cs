using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>One object on the wire.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Members">Its members.</param>
/// <param name="Docs">What it is.</param>
/// <param name="Variants">For a union: the member that says which it is, and its values, each the name of the member that is set.</param>
internal sealed record WireType(string Name, IReadOnlyList<WireMember> Members, XElement? Docs, WireVariants? Variants);
