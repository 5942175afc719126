using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>One hub: what it can be asked and what it pushes.</summary>
/// <param name="Name">Its name: <c>Events</c>.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Methods">Its own methods.</param>
/// <param name="Pushes">Its own pushes.</param>
/// <param name="Common">What it has in common with the other hubs, if anything.</param>
/// <param name="Docs">What it is.</param>
internal sealed record HubContract(
    string Name, string Path, IReadOnlyList<HubMethod> Methods, IReadOnlyList<HubPush> Pushes, HubContract? Common, XElement? Docs)
{
    public IEnumerable<HubMethod> AllMethods => Methods.Concat(Common?.AllMethods ?? []);

    public IEnumerable<HubPush> AllPushes => Pushes.Concat(Common?.AllPushes ?? []);
}
