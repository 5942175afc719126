using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Engine;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>What differs between the servers that are compared.</summary>
internal static class VariantServiceCollectionExtensions
{
    /// <summary>Adds the engine, or nothing, and the way frames are published.</summary>
    public static IServiceCollection AddVariant(this IServiceCollection services, string variant) => variant switch
    {
        ServerVariants.Stock => services.AddSingleton<IBenchPublisher, GroupPublisher>(),
        ServerVariants.Engine => services.AddChannelEngine().AddSingleton<IBenchPublisher, GroupPublisher>(),
        ServerVariants.Governed => services.AddChannelEngine(ChannelPublisher.Family).AddSingleton<IBenchPublisher, ChannelPublisher>(),
        _ => throw new ArgumentException($"There is no server variant '{variant}'.", nameof(variant)),
    };
}
