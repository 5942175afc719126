using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Provenance;

/// <summary>Lineage and catalogue over HTTP. A record is read by whoever would be shown, today, exactly the content that it speaks of; for all others it is not there.</summary>
internal static class ProvenanceEndpoints
{
    private const int DefaultPage = 20;
    private const int MaxPage = 200;

    public static IEndpointRouteBuilder MapProvenance(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").RequireAuthorization().WithTags("Provenance");
        api.MapGet("/prov", Sessions)
            .WithSummary("The caller's own newest sessions, as PROV-O JSON-LD.")
            .WithDescription("limit: 1..200, default 20.")
            .Produces(200, contentType: "application/ld+json").ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/prov/{activity}", Prov)
            .WithSummary("The lineage of an activity, a session or a decision, as PROV-O JSON-LD.")
            .Produces(200, contentType: "application/ld+json").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/stac/items/{id}", Item)
            .WithSummary("The STAC item of a frame.")
            .Produces(200, contentType: "application/geo+json").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/stac/collections", Collections)
            .WithSummary("The collections: there is one.")
            .Produces(200).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/stac/collections/{id}", Collection)
            .WithSummary("The STAC collection of what was delivered lately.")
            .Produces(200).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/stac/collections/{id}/items", Items)
            .WithSummary("The newest items that the caller may see.")
            .WithDescription("limit: 1..200, default 20.")
            .Produces(200, contentType: "application/geo+json").ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        return endpoints;
    }

    private static IResult Sessions(HttpContext context, string? limit, ProvenanceStore store)
    {
        var reader = PrincipalFeature.Of(context);
        return Refuse(reader) ?? Page(limit, out var count) ?? Json(ProvDocument.Of(store.SessionsOf(reader.Id, count)), "application/ld+json");
    }

    private static IResult Prov(HttpContext context, string activity, ProvenanceStore store, CareDecider decider)
    {
        var reader = PrincipalFeature.Of(context);
        if (Refuse(reader) is { } refusal)
        {
            return refusal;
        }

        var document = store.TryGet(activity, out var record) && record.Subject.IsShownTo(reader, decider) ? ProvDocument.Of(record)
            : store.TryGetSession(activity, out var session) && session.Principal == reader.Id ? ProvDocument.Of(session)
            : store.TryGetDecision(activity, out var decided) && decided.Subject.IsShownTo(reader, decider) ? ProvDocument.Of(decided.Subject.Decision, decided.Id)
            : store.TryGetRefusal(activity, reader.Id, out var refused) ? ProvDocument.Of(refused)
            : null;
        return document is null ? NotFound(activity) : Json(document, "application/ld+json");
    }

    private static IResult Item(HttpContext context, string id, StacCatalogue catalogue, CareDecider decider, IOptions<ProvenanceOptions> options)
    {
        var reader = PrincipalFeature.Of(context);
        return Refuse(reader)
            ?? (catalogue.TryGet(id, out var item) && item.Activity.Subject.IsShownTo(reader, decider)
                ? Json(StacDocument.Item(item, options.Value), "application/geo+json")
                : NotFound(id));
    }

    private static IResult Collections(HttpContext context, StacCatalogue catalogue, CareDecider decider, IOptions<ProvenanceOptions> options)
    {
        var reader = PrincipalFeature.Of(context);
        return Refuse(reader) ?? Json(
            new JsonObject
            {
                ["collections"] = new JsonArray(StacDocument.Collection(Shown(catalogue, reader, decider, MaxPage), options.Value)),
                ["links"] = new JsonArray(),
            },
            "application/json");
    }

    private static IResult Collection(HttpContext context, string id, StacCatalogue catalogue, CareDecider decider, IOptions<ProvenanceOptions> options)
    {
        var reader = PrincipalFeature.Of(context);
        return Refuse(reader)
            ?? (id == StacCatalogue.CollectionId
                ? Json(StacDocument.Collection(Shown(catalogue, reader, decider, MaxPage), options.Value), "application/json")
                : NotFound(id));
    }

    private static IResult Items(
        HttpContext context, string id, string? limit, StacCatalogue catalogue, CareDecider decider, IOptions<ProvenanceOptions> options)
    {
        var (reader, count) = (PrincipalFeature.Of(context), DefaultPage);
        if ((Refuse(reader) ?? (id == StacCatalogue.CollectionId ? null : NotFound(id)) ?? Page(limit, out count)) is { } refusal)
        {
            return refusal;
        }

        var items = Shown(catalogue, reader, decider, count).Select(i => StacDocument.Item(i, options.Value));
        return Json(
            new JsonObject { ["type"] = "FeatureCollection", ["features"] = new JsonArray([.. items]), ["links"] = new JsonArray() },
            "application/geo+json");
    }

    private static IResult? Page(string? limit, out int count)
    {
        count = DefaultPage;
        return limit is null || (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= MaxPage)
            ? null
            : ProblemResults.From(ErrorCodes.InvalidRequest.With(
                "limit must be a whole number in range.", new FieldError("limit", "limit must be a whole number in range.", FieldError.Preview(limit), $"1..{MaxPage}")));
    }

    private static IReadOnlyList<StacItemRecord> Shown(StacCatalogue catalogue, Principal reader, CareDecider decider, int count) =>
        catalogue.Newest(count, i => i.Activity.Subject.IsShownTo(reader, decider));

    private static IResult? Refuse(Principal reader) => CareRoles.Holds(reader, Scopes.ClimateRead)
        ? null
        : ProblemResults.From(ErrorCodes.Forbidden.With($"This needs the scope {Scopes.ClimateRead}."));

    // What is hidden and what never was are told apart by nothing.
    private static IResult NotFound(string id) => ProblemResults.From(ErrorCodes.NotFound.With($"There is nothing called {FieldError.Preview(id)} here."));

    private static IResult Json(JsonObject document, string type) => Results.Text(document.ToJsonString(), type);
}
