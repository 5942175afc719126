using System.CommandLine;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub completion</c>: scripts that let a shell complete commands and options. The words come from the program itself.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # Complete rthub in bash: source <(rthub completion bash)
        _rthub_complete() {
          local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}"
          line="${line#*[[:space:]]}"
          COMPREPLY=($(compgen -W "$(rthub "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _rthub_complete rthub

        """;

    private const string Zsh = """
        #compdef rthub
        # Complete rthub in zsh: source <(rthub completion zsh)
        _rthub() {
          local line="${(j: :)words[2,CURRENT]}"
          local -a found
          found=("${(@f)$(rthub "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -- $found
        }
        compdef _rthub rthub

        """;

    private const string PowerShell = """
        # Complete rthub in PowerShell: rthub completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName rthub -ScriptBlock {
          param($word, $command, $position)
          $line = $command.ToString().PadRight($position).Substring(0, $position)
          $line = $line.Substring($line.IndexOf(' ') + 1)
          rthub "[suggest:$($line.Length)]" "$line" | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    private static readonly Dictionary<string, string> Scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["pwsh"] = PowerShell };

    public static Command Create(CliHost host)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print a script that completes commands and options in a shell.") { shell };
        command.SetAction(async (parsed, _) =>
        {
            await host.Output.WriteAsync(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n")).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
