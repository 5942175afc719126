using System.Text;

namespace RealtimeHub.Cli;

/// <summary>What surrounds the process: streams, environment, clock. A test brings its own.</summary>
internal sealed record CliHost
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public required Func<Stream> OpenInput { get; init; }

    public required Func<string, string?> GetEnvironmentVariable { get; init; }

    /// <summary>Whether somebody looks at the output, so that colours and a live table make sense.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether that terminal can be drawn on; null to find out.</summary>
    public bool? IsAnsi { get; init; }

    /// <summary>Whether somebody looks at what is not data, so that progress makes sense.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Asks for a secret without showing it; null where nobody is to be asked.</summary>
    public Func<string, string?>? AskSecret { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static CliHost OfProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OpenInput = Console.OpenStandardInput,
        GetEnvironmentVariable = Environment.GetEnvironmentVariable,
        IsTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        AskSecret = Console.IsInputRedirected || Console.IsErrorRedirected ? null : AskOnTerminal,
    };

    private static string AskOnTerminal(string question)
    {
        Console.Error.Write(question);
        var secret = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                secret.Length = Math.Max(0, secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return secret.ToString();
    }
}
