using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>One server process: a hub on a port of the system's choice, commanded through standard input.</summary>
internal static class BenchServer
{
    /// <summary>What the process writes before its port, once it listens.</summary>
    public const string ReadyPrefix = "listening ";

    /// <summary>Serves until standard input ends.</summary>
    public static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        await using var app = Build(options);
        await app.StartAsync(cancellationToken);
        await Console.Out.WriteLineAsync(ReadyPrefix + new Uri(app.Urls.Single()).Port);

        var commands = ActivatorUtilities.CreateInstance<ServerCommands>(app.Services);
        await commands.RunAsync(Console.In, Console.Out, cancellationToken);
        return 0;
    }

    private static WebApplication Build(ServeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        if (options.SendBufferBytes > 0)
        {
            builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = endPoint =>
            {
                // Accepted sockets inherit the buffer of the one that listens.
                var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
                socket.SendBufferSize = options.SendBufferBytes;
                return socket;
            });
        }

        // The load clients say nothing after their handshake; by default they would be taken for dead after 30 s.
        builder.Services.AddSignalR(hub => hub.ClientTimeoutInterval = TimeSpan.FromHours(1));
        builder.Services.AddSingleton<ConnectionCounter>();
        builder.Services.AddVariant(options.Variant);

        var app = builder.Build();
        app.MapHub<BenchHub>(BenchHub.Path);
        return app;
    }
}
