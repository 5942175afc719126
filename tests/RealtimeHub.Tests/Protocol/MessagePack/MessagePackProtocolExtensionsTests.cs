using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Tests.Protocol.MessagePack;

public class MessagePackProtocolExtensionsTests
{
    [Fact]
    public void AddMessagePackProtocol_gives_a_client_the_protocol()
    {
        using var services = new HubConnectionBuilder().AddMessagePackProtocol().Services.BuildServiceProvider();

        Assert.IsType<MessagePackHubProtocol>(services.GetRequiredService<IHubProtocol>());
    }

    [Fact]
    public void AddMessagePackProtocol_adds_one_protocol_to_a_server_however_often_it_is_called()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignalR().AddMessagePackProtocol().AddMessagePackProtocol(options => options.MaxDepth = 8);

        using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IHubProtocol>(), p => p is { Name: "messagepack", Version: 2 });
        Assert.Equal(8, provider.GetRequiredService<IOptions<MessagePackHubProtocolOptions>>().Value.MaxDepth);
    }

    [Fact]
    public void AddMessagePackProtocol_refuses_limits_out_of_range()
    {
        var services = new ServiceCollection();
        services.AddSignalRCore().AddMessagePackProtocol(options => options.MaxDepth = 1000);

        using var provider = services.BuildServiceProvider();

        Assert.Contains(nameof(MessagePackHubProtocolOptions.MaxDepth), Assert.Throws<OptionsValidationException>(() => provider.GetServices<IHubProtocol>().ToList()).Message, StringComparison.Ordinal);
    }
}
