using Microsoft.Extensions.DependencyInjection;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>What differs between the servers that are compared.</summary>
internal static class VariantServiceCollectionExtensions
{
    /// <summary>Adds the engine, or nothing, and the way frames are published.</summary>
    public static IServiceCollection AddVariant(this IServiceCollection services, string variant) => variant switch
    {
        ServerVariants.Stock => services.AddSingleton<IBenchPublisher, GroupPublisher>(),
        _ => throw new ArgumentException($"There is no server variant '{variant}'.", nameof(variant)),
    };
}
