using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Acks;
using RealtimeHub.Protocol.MessagePack;
using RealtimeHub.Server.Hubs.Binding;
using RealtimeHub.Server.Hubs.Climate;
using RealtimeHub.Server.Hubs.Events;
using RealtimeHub.Server.Hubs.Events.SampleEvents;
using RealtimeHub.Server.Hubs.Filters;
using RealtimeHub.Server.Hubs.Jobs;
using RealtimeHub.Server.Hubs.Simulation;
using RealtimeHub.Server.Hubs.System;
using RealtimeHub.Server.Hubs.System.Sampling;
using RealtimeHub.Server.Hubs.Workspace;
using RealtimeHub.Server.Limits;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs;

internal static class HubServiceCollectionExtensions
{
    /// <summary>Registers the hubs, their channels and what publishes to them.</summary>
    public static IServiceCollection AddRealtimeHubs(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RealtimeHubOptions, RealtimeHubOptionsValidator>().BindConfiguration(RealtimeHubOptions.SectionName);
        services.AddSingleton<IConfigureOptions<HubOptions>, ConfigureHubOptions>();
        services.AddHubFilters();
        services.AddSignalR(HubFilterServiceCollectionExtensions.UseFilters)
            .AddJsonProtocol(options => LenientJson.Configure(options.PayloadSerializerOptions))
            .AddMessagePackProtocol(options => options.PayloadSerializerOptions = LenientJson.Options);
        services.AddChannelEngine(
            EventsFamily.Family, SystemFamily.Family, ServiceFamily.Family, JobsFamily.Family, JobsFamily.AllFamily, SimulationFamily.Family,
            ClimateFamilies.Drivers, ClimateFamilies.Fields, ClimateFamilies.Xai, ClimateFamilies.Tiles,
            WorkspaceFamily.Spec, WorkspaceFamily.Agent, WorkspaceFamily.Team);
        services.AddClimate();
        services.AddWorkspace();
        services.AddSingleton<IEscalationSink, EventEscalation>();
        services.AddSingleton<IPublishableFamily, EventsFamily>();
        services.AddSingleton<IPublishableFamily, JobsFamily>();
        services.AddSingleton<IPublishableFamily, ServiceFamily>();
        services.AddSingleton<JobTable>();
        services.AddHostedService<SharedJobs>();
        services.AddSingleton<IDeliveryGauges, EngineDeliveryGauges>();
        services.AddSystemSampling();
        services.AddOptionsWithValidateOnStart<SystemPublishingOptions, SystemPublishingOptionsValidator>().BindConfiguration(SystemPublishingOptions.SectionName);
        services.AddHostedService<SystemPublisherService>();
        services.AddOptionsWithValidateOnStart<SampleDataOptions, SampleDataOptionsValidator>().BindConfiguration(SampleDataOptions.SectionName);
        services.AddHostedService<SampleEventsService>();
        services.AddSimulations();
        return services;
    }

    private sealed class ConfigureHubOptions(IOptions<RealtimeHubOptions> options, IOptions<LimitOptions> limits) : IConfigureOptions<HubOptions>
    {
        public void Configure(HubOptions hub)
        {
            hub.MaximumReceiveMessageSize = options.Value.MaxMessageBytes;
            hub.KeepAliveInterval = options.Value.KeepAliveInterval;
            hub.ClientTimeoutInterval = options.Value.ClientTimeout;
            hub.HandshakeTimeout = limits.Value.HandshakeTimeout;
            hub.DisableImplicitFromServicesParameters = true;
        }
    }
}
