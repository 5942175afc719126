using Microsoft.Extensions.Options;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Workspace.Directory;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Workspace;

internal static class WorkspaceServiceCollectionExtensions
{
    /// <summary>Registers team workspaces.</summary>
    public static IServiceCollection AddWorkspace(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WorkspaceOptions, WorkspaceOptionsValidator>().BindConfiguration(WorkspaceOptions.SectionName);
        services.AddSingleton<IPublishableFamily>(new WorkspaceFamily(WorkspaceFamily.Spec, Scopes.SpecWrite));
        services.AddSingleton<IPublishableFamily>(new WorkspaceFamily(WorkspaceFamily.Agent, Scopes.AgentWrite));
        services.AddSingleton<IPublishableFamily>(new WorkspaceFamily(WorkspaceFamily.Team, Scopes.TeamWrite));
        services.AddSingleton<ManagedResourceDirectory>();
        services.AddSingleton<RemoteResourceDirectory>();
        services.AddSingleton<IResourceDirectory>(provider =>
            provider.GetRequiredService<IOptions<WorkspaceOptions>>().Value.DirectoryUrl is null
                ? provider.GetRequiredService<ManagedResourceDirectory>()
                : provider.GetRequiredService<RemoteResourceDirectory>());
        services.AddSingleton<IChannelRule, WorkspaceRule>();
        services.AddSingleton<WorkspacePresence>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkspacePresence>());
        return services;
    }
}
