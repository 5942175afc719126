using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>Registers the MessagePack hub protocol, with the shape of the official package.</summary>
public static class MessagePackProtocolExtensions
{
    /// <summary>Lets a server's connections, or a client's one, speak MessagePack.</summary>
    /// <param name="builder">The builder of the server or of the connection.</param>
    public static TBuilder AddMessagePackProtocol<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder => AddMessagePackProtocol(builder, _ => { });

    /// <summary>Lets a server's connections, or a client's one, speak MessagePack.</summary>
    /// <param name="builder">The builder of the server or of the connection.</param>
    /// <param name="configure">Changes how it reads and writes.</param>
    public static TBuilder AddMessagePackProtocol<TBuilder>(this TBuilder builder, Action<MessagePackHubProtocolOptions> configure)
        where TBuilder : ISignalRBuilder
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, MessagePackHubProtocol>());
        builder.Services.AddOptions<MessagePackHubProtocolOptions>().Configure(configure).ValidateDataAnnotations();
        return builder;
    }
}
