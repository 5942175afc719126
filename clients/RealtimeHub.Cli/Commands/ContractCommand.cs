using System.CommandLine;
using RealtimeHub.Cli.Contract;

namespace RealtimeHub.Cli.Commands;

/// <summary>Generates what follows from the C# contract: schemas, TypeScript, the reference page.</summary>
internal static class ContractCommand
{
    public static Command Create(CliHost host) => new("contract", "Schemas, TypeScript and reference page of the wire, from its C# types.")
    {
        Verb(host, "generate", "Write the generated files of a work tree.", Generate),
        Verb(host, "check", "Say which generated files of a work tree are not what the code says.", Check),
    };

    private static Command Verb(CliHost host, string name, string description, Func<ContractFiles, CliHost, Task<int>> run)
    {
        var root = new Option<string>("--root") { Description = "The work tree.", DefaultValueFactory = _ => "." };
        var command = new Command(name, description) { root };
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                return await run(new ContractFiles(parsed.GetValue(root)!), host).ConfigureAwait(false);
            }
            catch (ContractException e)
            {
                await host.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    private static Task<int> Generate(ContractFiles files, CliHost host)
    {
        files.Write();
        return Task.FromResult(ExitCodes.Done);
    }

    private static async Task<int> Check(ContractFiles files, CliHost host)
    {
        var stale = files.Stale();
        foreach (var file in stale)
        {
            await host.Error.WriteLineAsync($"{file} is not what the code says; run: rthub contract generate").ConfigureAwait(false);
        }

        return stale.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
