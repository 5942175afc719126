namespace RealtimeHub.Cli.Contract;

/// <summary>The generated files of a work tree: what they should be, what they are.</summary>
internal sealed class ContractFiles(string root)
{
    private const string Schemas = "src/RealtimeHub.Protocol/Contract";
    private const string TypeScript = "clients/realtime-client/src/generated";
    private const string Versions = $"{Schemas}/versions.json";

    private string ProtocolPage => Read("src/RealtimeHub.Protocol/PROTOCOL.md") ?? throw new ContractException($"{root} is no work tree of RealtimeHub: it has no PROTOCOL.md.");

    /// <summary>Every generated file, by its path, as the code says it is.</summary>
    /// <exception cref="ContractException">The wire changed without a new version.</exception>
    public IReadOnlyDictionary<string, string> Generate()
    {
        var contract = ContractReader.Read(WireVersions.Newest(ProtocolPage));
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Versions] = WireVersions.Add(Read(Versions) ?? "{}", contract.Version, WireVersions.Fingerprint(contract)),
            [$"{Schemas}/schema.json"] = ContractJson.Write(new SchemaFile(SchemaFile.Definitions).Document(contract)),
            [$"{Schemas}/asyncapi.json"] = ContractJson.Write(AsyncApiFile.Document(contract)),
            [$"{Schemas}/REFERENCE.md"] = ReferencePage.Write(contract),
            [$"{TypeScript}/types.ts"] = TypeScriptTypes.Types(contract),
            [$"{TypeScript}/constants.ts"] = TypeScriptTypes.Constants(contract),
            [$"{TypeScript}/hubs.ts"] = TypeScriptHubs.File(contract),
        };
    }

    /// <summary>The files that are not what they should be.</summary>
    public IReadOnlyList<string> Stale() => [.. Generate().Where(f => Read(f.Key) != f.Value).Select(f => f.Key)];

    /// <summary>Writes every file.</summary>
    public void Write()
    {
        foreach (var (path, text) in Generate())
        {
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    private string? Read(string path)
    {
        var file = Path.Combine(root, path);
        return File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : null;
    }
}
