using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>Whether the process lives, and whether it wants newcomers; with reasons.</summary>
internal static class HealthEndpoints
{
    /// <summary>The tag of checks that readiness depends on.</summary>
    public const string Ready = "ready";

    public static IEndpointRouteBuilder MapHealthEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains(Ready), ResponseWriter = WriteAsync });
        return endpoints;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        IReadOnlyList<Reason> checks = [.. report.Entries.Select(e => new Reason(e.Key, e.Value.Status.ToString().ToLowerInvariant(), e.Value.Description))];
        IReadOnlyList<Reason> reasons = [.. checks.Where(c => report.Entries[c.Check].Status != HealthStatus.Healthy)];
        return context.Response.WriteAsJsonAsync(
            new Readiness(report.Status == HealthStatus.Unhealthy ? "not_ready" : "ready", reasons, checks), HealthJsonContext.Default.Readiness, null, context.RequestAborted);
    }

    internal sealed record Readiness(string Status, IReadOnlyList<Reason> Reasons, IReadOnlyList<Reason> Checks);

    internal sealed record Reason(string Check, string Status, string? Description);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthEndpoints.Readiness))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;
