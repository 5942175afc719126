using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>One method of the client that a hub calls.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Argument">Its argument.</param>
/// <param name="Result">What the client answers, if anything.</param>
/// <param name="Docs">When it is called.</param>
internal sealed record HubPush(string Name, WireShape Argument, WireShape? Result, XElement? Docs);
