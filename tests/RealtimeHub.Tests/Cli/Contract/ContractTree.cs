namespace RealtimeHub.Tests.Cli.Contract;

/// <summary>A work tree with a PROTOCOL.md and nothing else; gone when it is disposed.</summary>
internal sealed class ContractTree : IDisposable
{
    public ContractTree(string changes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Versions)!);
        File.WriteAllText(Path.Combine(Root, "src/RealtimeHub.Protocol/PROTOCOL.md"), $"# The wire\n\n- 9: no entry.\n\n## Changes of the wire\n\n{changes}");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("contract").FullName;

    public string Versions => Path.Combine(Root, "src/RealtimeHub.Protocol/Contract/versions.json");

    public void WriteVersions(string json) => File.WriteAllText(Versions, json);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
