using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RealtimeHub.Cli.Contract;

/// <summary>The versions of the wire: each has an entry in the list of PROTOCOL.md and the fingerprint of its schemas.</summary>
internal static partial class WireVersions
{
    public const string ListTitle = "## Changes of the wire";

    /// <summary>The newest version of the list of wire changes.</summary>
    public static string Newest(string protocolPage)
    {
        var start = protocolPage.IndexOf(ListTitle, StringComparison.Ordinal);
        return start >= 0 && Entry().Match(protocolPage, start) is { Success: true } entry
            ? entry.Groups[1].Value
            : throw new ContractException($"PROTOCOL.md has no entry '- 1.2: …' under '{ListTitle}'.");
    }

    /// <summary>What changes when the wire does, and with nothing else: docs are left out.</summary>
    public static string Fingerprint(WireContract contract)
    {
        var schema = new SchemaFile(SchemaFile.Definitions, withDocs: false).Document(contract);
        var wire = schema["hubs"]!.ToJsonString() + schema["$defs"]!.ToJsonString();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wire)));
    }

    /// <summary>Adds a version to the file of fingerprints, newest first.</summary>
    /// <exception cref="ContractException">The version is known with another fingerprint: the wire changed without a new entry in the list.</exception>
    public static string Add(string known, string version, string fingerprint)
    {
        var versions = JsonNode.Parse(known)!.AsObject();
        if (versions[version] is { } old)
        {
            return (string?)old == fingerprint
                ? known
                : throw new ContractException(
                    $"The wire is not that of version {version} any more. Say what changed under '{ListTitle}' in PROTOCOL.md, as a new first entry with a higher version.");
        }

        if (versions.FirstOrDefault().Key is { } newest && Compare(version, newest) <= 0)
        {
            throw new ContractException($"The version {version} is new, but not above {newest}.");
        }

        versions.Insert(0, version, fingerprint);
        return ContractJson.Write(versions);
    }

    private static int Compare(string left, string right) => Version.Parse(Full(left)).CompareTo(Version.Parse(Full(right)));

    private static string Full(string version) => version.Contains('.', StringComparison.Ordinal) ? version : version + ".0";

    [GeneratedRegex(@"^- (\d+(?:\.\d+)?)\b", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
