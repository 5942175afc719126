using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs;
using RealtimeHub.Server.Hubs.Simulation;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Layout;

public class HubMethodsTests
{
    private static readonly Type[] Hubs = [.. typeof(ChannelHub<>).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Hub)) && !t.IsAbstract)];

    private static readonly MethodInfo[] Methods =
    [
        .. Hubs.SelectMany(h => h.GetMethods(BindingFlags.Instance | BindingFlags.Public))
            .Where(m => m.DeclaringType != typeof(object) && m.GetBaseDefinition().DeclaringType!.Assembly != typeof(Hub).Assembly),
    ];

    [Fact]
    public void Every_hub_method_declares_its_scope()
    {
        Assert.True(Hubs.Length >= 3 && Methods.Length >= 20, "The hubs were not found.");
        Assert.Empty(Methods.Where(m => m.GetCustomAttribute<RequiresScopeAttribute>() is null).Select(Name));
    }

    [Fact]
    public void Every_declared_scope_is_a_known_one() =>
        Assert.Empty(Methods.Where(m => m.GetCustomAttribute<RequiresScopeAttribute>()!.Scope is { Length: > 0 } scope && !Scopes.All.Contains(scope)).Select(Name));

    [Fact]
    public void P196_every_method_that_explains_costs_an_explanation() =>
        Assert.Equal(
            Methods.Where(m => m.GetCustomAttribute<RequiresScopeAttribute>()!.Scope == Scopes.XaiRead).Select(Name),
            Methods.Where(m => m.GetCustomAttribute<CostsAttribute>()?.What == CallCosts.Explanation).Select(Name));

    [Fact]
    public void P113_every_method_that_changes_a_run_asks_the_policy_first() =>
        Assert.Equal(
            ["PauseRun", "ResumeRun", "SteerRun", "StepRun", "StopRun"],
            Methods.Where(m => m.GetCustomAttribute<AppliesPolicyAttribute>()?.Policy == typeof(SteerPolicy)).Select(m => m.Name).Order());

    [Fact]
    public void P7_every_hub_method_takes_one_request()
    {
        var others = Methods.Where(m => !m.GetParameters()
            .Select(p => p.ParameterType)
            .Where(t => t != typeof(CancellationToken) && t != typeof(IAsyncEnumerable<PublishEvent>))
            .All(t => t.IsSubclassOf(typeof(HubRequest))));

        Assert.Equal(["Refused"], others.Select(m => m.Name).Distinct());
        Assert.Empty(Methods.Where(m => m.Name is not ("Refused" or "Ping") && !m.GetParameters()[0].ParameterType.IsSubclassOf(typeof(HubRequest))).Select(Name));
    }

    [Fact]
    public void P8_every_hub_method_can_answer_with_an_error()
    {
        var without = Methods.Where(m => m.Name is not ("Refused" or "Ping")
            && m.ReturnType != typeof(IAsyncEnumerable<StreamItem>)
            && m.ReturnType.GetGenericArguments().FirstOrDefault()?.GetProperty("Error") is null);

        Assert.Empty(without.Select(Name));
    }

    [Fact]
    public async Task P80_every_hub_is_served_and_every_endpoint_needs_a_key()
    {
        await using var server = HubServer.Start();

        var endpoints = server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).ToList();

        Assert.Equal(
            Hubs.Select(h => h.Name).Order(),
            endpoints.Select(e => e.Metadata.GetMetadata<HubMetadata>()?.HubType.Name).OfType<string>().Distinct().Order());

        // Plain WebSocket routes refuse in their own ways, with a close frame or in a message; P348, P352, P353 and P354 test each.
        string[] plain =
        [
            "/ws", "/ws/climate", "/ws/detections", "/ws/events", "/ws/heartbeat", "/ws/jobs/{job_id}/logs", "/ws/simulation_live", "/ws/stream_features", "/ws/system",
        ];
        Assert.Equal(["/health/live", "/health/ready", "/metrics", "/openapi/{documentName}.json", .. plain], endpoints.Where(IsOpen).Select(e => ((RouteEndpoint)e).RoutePattern.RawText).Order());
    }

    private static bool IsOpen(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAuthorizeData>() is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
