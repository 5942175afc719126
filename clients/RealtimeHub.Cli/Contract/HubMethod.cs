using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>One method of a hub.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Request">Its argument.</param>
/// <param name="Upload">An item of the stream that the client sends, if it sends one.</param>
/// <param name="Result">Its result, or one item of its stream.</param>
/// <param name="IsStream">Whether the answer is a stream.</param>
/// <param name="Docs">What it does.</param>
internal sealed record HubMethod(string Name, WireShape? Request, WireShape? Upload, WireShape? Result, bool IsStream, XElement? Docs);
