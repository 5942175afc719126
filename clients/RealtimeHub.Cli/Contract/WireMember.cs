using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>One member of a type, by its name on the wire.</summary>
internal sealed record WireMember(string Name, WireShape Shape, bool IsRequired, XElement? Docs);
