using RealtimeHub.Redis;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Configuration;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Dashboard;
using RealtimeHub.Server.Diagnostics;
using RealtimeHub.Server.Hubs;
using RealtimeHub.Server.Hubs.Climate;
using RealtimeHub.Server.Hubs.Climate.Training;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Provenance;
using RealtimeHub.Server.Hubs.Workspace.Directory;
using RealtimeHub.Server.Lifecycle;
using RealtimeHub.Server.Publishing;
using RealtimeHub.Server.WebSockets;

if (args is [TrainClimateModelCommand.Verb, ..])
{
    return await TrainClimateModelCommand.RunAsync(args, Console.Out, Console.Error);
}

return await StartupErrors.ExplainAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, EnvironmentName = DocumentedEnvironment.EnvironmentOf(Environment.GetEnvironmentVariable) });
    builder.Configuration.AddInstalledDefaults(builder.Environment);
    DocumentedEnvironment.AddTo(builder.Configuration, Environment.GetEnvironmentVariable, Environment.GetEnvironmentVariables().Keys.Cast<string>());
    builder.Services.AddCredentialAuth();
    builder.Services.AddCarePolicy();
    builder.Services.AddProvenance();
    builder.Services.AddRealtimeHubs();
    builder.Services.AddRedisBackplane();
    builder.Services.AddDialects();
    builder.Services.AddPublishing();
    builder.Services.AddDiagnostics();

    builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();

    var app = builder.Build();
    app.UseStatusCodePages(context => ProblemResults.WriteForStatusAsync(context.HttpContext));
    app.UseDashboard();
    app.UseAdmission();
    app.MapAuthEndpoints();
    app.MapRealtimeHubs();
    app.MapDialects();
    app.MapResourceEndpoints();
    app.MapChannelEndpoints();
    app.MapClimate();
    app.MapProvenance();
    app.MapAudit();
    app.MapDiagnostics();
    await app.RunAsync();
});
