namespace RealtimeHub.Server.Publishing;

internal static class PublishingServiceCollectionExtensions
{
    /// <summary>Registers publishing over HTTP and by hub method.</summary>
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PublishingOptions, PublishingOptionsValidator>().BindConfiguration(PublishingOptions.SectionName);
        services.AddSingleton<PublishRateLimit>();
        services.AddSingleton<ChannelPublisher>();
        services.AddSingleton<HubPublisher>();
        return services;
    }
}
