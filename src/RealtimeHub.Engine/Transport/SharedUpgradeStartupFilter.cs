using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace RealtimeHub.Engine.Transport;

/// <summary>Puts <see cref="SharedUpgrade"/> before everything else that a request meets.</summary>
internal sealed class SharedUpgradeStartupFilter(FlushQueue queue, TimeProvider clock) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
                && context.Features.Get<IConnectionTransportFeature>() is { Transport: { } transport })
            {
                context.Features.Set<IHttpUpgradeFeature>(new SharedUpgrade(upgrade, transport.Output, queue, clock));
            }

            return following(context);
        });
        next(app);
    };
}
