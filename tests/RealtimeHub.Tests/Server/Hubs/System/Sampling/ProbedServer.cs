using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

/// <summary>A real HTTP server whose answers a test gives.</summary>
internal sealed class ProbedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProbedServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<ProbedServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new ProbedServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
