using System.CommandLine;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary><c>serve</c>: what <c>compare</c> starts as its child processes.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var variant = new Argument<string>("variant") { Description = "Which server." };
        variant.AcceptOnlyFromAmong(ServerVariants.DotNet);
        var sendBuffer = new Option<int>("--send-buffer")
        {
            Description = "The kernel's send buffer of each connection in bytes; 0 leaves it to the system.",
        };

        var command = new Command("serve", "Serves one benchmark hub, commanded through standard input; ends with it. Started by compare.")
        {
            variant,
            sendBuffer,
        };
        command.SetAction((parsed, cancellationToken) => parsed.GetRequiredValue(variant) == ServerVariants.Bare
            ? BareServer.RunAsync(cancellationToken)
            : BenchServer.RunAsync(new ServeOptions(parsed.GetRequiredValue(variant), parsed.GetValue(sendBuffer)), cancellationToken));
        return command;
    }
}
