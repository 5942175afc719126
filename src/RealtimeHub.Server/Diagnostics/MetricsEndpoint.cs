using System.Net;
using Microsoft.AspNetCore.Authentication;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>The page that Prometheus scrapes: open to this machine; others need a credential with <c>metrics:read</c>.</summary>
internal static class MetricsEndpoint
{
    public static IEndpointRouteBuilder MapMetricsEndpoint(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/metrics", WriteAsync).ExcludeFromDescription();
        return endpoints;
    }

    private static async Task WriteAsync(HttpContext context, PrometheusRecorder recorder)
    {
        var isLocal = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        if (!isLocal && context.Features.Get<IPrincipalFeature>()?.Principal.Has(Scopes.MetricsRead) != true)
        {
            await (context.User.Identity?.IsAuthenticated == true ? context.ForbidAsync() : context.ChallengeAsync());
            return;
        }

        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(recorder.Render(), context.RequestAborted);
    }
}
