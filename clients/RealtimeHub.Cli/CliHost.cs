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

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static CliHost OfProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OpenInput = Console.OpenStandardInput,
        GetEnvironmentVariable = Environment.GetEnvironmentVariable,
        IsTerminal = !Console.IsOutputRedirected,
    };
}
