using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Benchmarks.Fields;

/// <summary>One server process. Commands on standard input: <c>publish n</c>, at 5 a second, and <c>cpu</c>; each is answered with a line.</summary>
internal static class FieldServer
{
    /// <summary>The verb on the command line.</summary>
    public const string Verb = "serve-fields";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(bool isStock)
    {
        await using var app = Build(isStock);
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.Single()).Port);
        var source = app.Services.GetRequiredService<FieldSource>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is [_, var count])
            {
                await PublishAsync(source, int.Parse(count, CultureInfo.InvariantCulture));
            }

            Console.WriteLine(Environment.CpuUsage.TotalTime.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static async Task PublishAsync(FieldSource source, int count)
    {
        using var timer = new PeriodicTimer(Interval);
        for (var i = 0; i < count; i++)
        {
            await timer.WaitForNextTickAsync();
            await source.PublishAsync();
        }
    }

    private static WebApplication Build(bool isStock)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var signalR = builder.Services.AddSignalR(hub => hub.ClientTimeoutInterval = TimeSpan.FromHours(1));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<FieldSource>();
        if (!isStock)
        {
            signalR.AddJsonProtocol(json => RealtimeJson.Configure(json.PayloadSerializerOptions)).AddMessagePackProtocol();
            builder.Services.AddChannelEngine(FieldSource.Family);
        }

        var app = builder.Build();
        app.MapHub<FieldHub>("/hub");
        return app;
    }
}
