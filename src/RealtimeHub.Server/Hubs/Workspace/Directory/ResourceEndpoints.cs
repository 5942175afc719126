using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Workspace;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Workspace.Directory;

/// <summary>Owners of specs and agents over HTTP.</summary>
internal static class ResourceEndpoints
{
    private const int MaxTeamLength = 100;

    public static IEndpointRouteBuilder MapResourceEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var resources = endpoints.MapGroup("/api/v1/workspace/resources").RequireAuthorization().WithTags("Workspace");
        resources.MapGet("/", List)
            .WithSummary("The specs and agents of the caller's team; with workspace:admin those of all teams.")
            .Produces<IReadOnlyList<ResourceOwner>>().ProducesProblem(401).ProducesProblem(403);
        resources.MapPut("/{kind}/{id}", SetAsync)
            .WithSummary("Says which team a spec or an agent belongs to. Readers of another team are ended at once.")
            .Accepts<ResourceOwnerBody>("application/json")
            .Produces<ResourceOwner>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);
        resources.MapDelete("/{kind}/{id}", RemoveAsync)
            .WithSummary("Forgets a spec or an agent. Its readers are ended at once.")
            .Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        return endpoints;
    }

    private static IResult List(HttpContext context, IResourceDirectory directory)
    {
        var principal = PrincipalFeature.Of(context);
        if (!principal.Has(Scopes.WorkspaceRead) && !principal.Has(Scopes.WorkspaceAdmin))
        {
            return ProblemResults.From(ErrorCodes.Forbidden.With($"Listing resources needs the scope {Scopes.WorkspaceRead}."));
        }

        return directory is ManagedResourceDirectory managed
            ? Results.Json(managed.List(principal.Has(Scopes.WorkspaceAdmin) ? null : principal.Team ?? ""), RealtimeJson.Options)
            : ProblemResults.From(Elsewhere());
    }

    private static async Task<IResult> SetAsync(
        HttpContext context, string kind, string id, ResourceOwnerBody body, IResourceDirectory directory, LiveCredentials live)
    {
        if (Admit(context, directory, kind, id, out var managed, out var channel) is { } refusal)
        {
            return ProblemResults.From(refusal);
        }

        var team = body.Team?.Trim() ?? "";
        if (!ChannelName.TryParse($"team:{team}", out var teamChannel, out var reason) || team.Length > MaxTeamLength || teamChannel.Id.Contains(':'))
        {
            return ProblemResults.From(ErrorCodes.InvalidRequest.With(
                "The team is missing or badly formed.", new FieldError("team", reason ?? "The team is too long.", FieldError.Preview(team), $"1..{MaxTeamLength} characters")));
        }

        if (!managed!.TrySet(kind, channel.Id.ToString(), team))
        {
            return ProblemResults.From(ErrorCodes.Unavailable.With("The directory holds as many resources as it may."));
        }

        await live.RecheckAsync(channel, context.RequestAborted);
        return Results.Json(new ResourceOwner(kind, channel.Id.ToString(), team), RealtimeJson.Options);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, string kind, string id, IResourceDirectory directory, LiveCredentials live)
    {
        if (Admit(context, directory, kind, id, out var managed, out var channel) is { } refusal)
        {
            return ProblemResults.From(refusal);
        }

        if (!managed!.Remove(kind, channel.Id.ToString()))
        {
            return ProblemResults.From(ErrorCodes.ResourceNotFound.With($"There is no {channel}."));
        }

        await live.RecheckAsync(channel, context.RequestAborted);
        return Results.NoContent();
    }

    private static ProtocolError? Admit(
        HttpContext context, IResourceDirectory directory, string kind, string id, out ManagedResourceDirectory? managed, out ChannelName channel)
    {
        managed = directory as ManagedResourceDirectory;
        channel = default;
        return !PrincipalFeature.Of(context).Has(Scopes.WorkspaceAdmin) ? ErrorCodes.Forbidden.With($"Managing resources needs the scope {Scopes.WorkspaceAdmin}.")
            : managed is null ? Elsewhere()
            : kind is not ("spec" or "agent") || WorkspaceChannel.Normalise($"{kind}:{id}") is not { } name || !ChannelName.TryParse(name, out channel, out _)
                ? ErrorCodes.InvalidRequest.With("A resource is a spec or an agent with an id.", new FieldError("kind", "This is no resource.", FieldError.Preview($"{kind}/{id}"), "spec/{id}, agent/{id}"))
            : null;
    }

    private static ProtocolError Elsewhere() => ErrorCodes.ResourceNotFound.With("Owners are not managed here: Workspace:DirectoryUrl names the service that knows them.");

    /// <summary>The body of a PUT.</summary>
    /// <param name="Team">The team.</param>
    internal sealed record ResourceOwnerBody(string? Team);
}
