using System.CommandLine;
using BenchmarkDotNet.Running;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary><c>micro</c>: the hot types one by one, with BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("filter")
        {
            Description = "Which benchmarks, as a BenchmarkDotNet filter such as *Append*; all if it is left out.",
            DefaultValueFactory = _ => "*",
        };

        var command = new Command("micro", "Times the hot types one by one and counts what they allocate.") { filter };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(filter)));
        return command;
    }

    private static int Run(string filter)
    {
        var summaries = BenchmarkSwitcher
            .FromAssembly(typeof(MicroCommand).Assembly)
            .Run(["--filter", filter], new MicroConfig());
        return summaries.Any() && summaries.All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
    }
}
