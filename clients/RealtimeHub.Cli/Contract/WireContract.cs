namespace RealtimeHub.Cli.Contract;

/// <summary>Everything on the wire, as the C# interfaces and types say it.</summary>
/// <param name="Version">The newest entry of the list of wire changes.</param>
/// <param name="Common">What every hub can be asked and may push.</param>
/// <param name="Hubs">The hubs, by name.</param>
/// <param name="Types">The types, by name.</param>
/// <param name="Constants">The tables of constants, by name.</param>
internal sealed record WireContract(
    string Version, HubContract Common, IReadOnlyList<HubContract> Hubs, IReadOnlyList<WireType> Types, IReadOnlyList<WireConstants> Constants);
