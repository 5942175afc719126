using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>Says where to go next, once the server listens.</summary>
internal sealed class StartupNotice(IServer server, IHostEnvironment environment, IHostApplicationLifetime lifetime, ILogger<StartupNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        DiagnosticsLog.Listening(logger, address, $"{address}/openapi/v1.json");
        if (environment.IsDevelopment())
        {
            DiagnosticsLog.DevelopmentMode(logger, address);
        }
    }
}
