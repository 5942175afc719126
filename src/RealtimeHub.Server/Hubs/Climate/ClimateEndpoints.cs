using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Models;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Limits;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Rules;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>The climate system over HTTP: verifying frames, what the policy shows, the model for servers that have none, and where records may be shown.</summary>
internal static class ClimateEndpoints
{
    private const int MaxVerifyBytes = 64 << 10;
    private const int MaxCareBytes = 64 << 10;
    private const int MaxInferBytes = 16 << 20;
    private const int MaxPointsBytes = 512 << 10;

    public static IEndpointRouteBuilder MapClimate(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/climate").RequireAuthorization();
        group.MapPost("/verify", VerifyAsync);
        group.MapPost("/infer", InferAsync);
        group.MapPost("/points", MaskPointsAsync);
        group.MapPost("/care", CareAsync);
        return endpoints;
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, ClimateVerifier verifier)
    {
        var (request, error) = await ReadAsync<VerifyRequest>(context, MaxVerifyBytes);
        if (error is not null || request is null)
        {
            return ProblemResults.From(error ?? ClimateAsk.Bad("request", "The request is missing.", "null", "an object"));
        }

        var (result, refusal) = await verifier.VerifyAsync(request, PrincipalFeature.Of(context), context.RequestAborted);
        return result is null ? ProblemResults.From(refusal!) : Results.Json(result, RealtimeJson.Options);
    }

    private static async Task<IResult> CareAsync(HttpContext context, CareMapMaker maker)
    {
        var (request, error) = await ReadAsync<CareMapRequest>(context, MaxCareBytes);
        if (error is not null || request is null)
        {
            return ProblemResults.From(error ?? ClimateAsk.Bad("request", "The request is missing.", "null", "an object"));
        }

        var (map, refusal) = maker.Make(request, PrincipalFeature.Of(context));
        return map is null ? ProblemResults.From(refusal!) : Results.Json(map, RealtimeJson.Options);
    }

    // What goes in is the caller's own, so of the policy only the quota has a say in what comes out.
    private static async Task<IResult> InferAsync(HttpContext context, EmbeddedClimateModel model, RateLimits limits, IOptions<CareOptions> care)
    {
        var principal = PrincipalFeature.Of(context);
        if (!CareRoles.Holds(principal, Scopes.ClimateRead))
        {
            return ProblemResults.From(ErrorCodes.Forbidden.With($"This needs the scope {Scopes.ClimateRead}."));
        }

        if (limits.Infer(principal) is { } slower)
        {
            return ProblemResults.From(slower);
        }

        var (request, error) = await ReadAsync<InferRequest>(context, MaxInferBytes);
        if (error is not null || request is null)
        {
            return ProblemResults.From(error ?? ClimateAsk.Bad("request", "The request is missing.", "null", "an object"));
        }

        try
        {
            var question = InferMessages.ToQuestion(request);
            if (CareQuota.Check(DemandOf(question, principal), false, CareDecision.OpenPolicy, care.Value) is { } throttled)
            {
                return ProblemResults.From(throttled);
            }

            return Results.Json(InferMessages.ToResponse(question, await model.PredictAsync(question, context.RequestAborted)), RealtimeJson.Options);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            return ProblemResults.From(ClimateAsk.Bad("request", e.Message));
        }
        catch (ModelUnavailableException e)
        {
            return ProblemResults.From(ClimateAsk.Bad("model_version", e.Message, request.ModelVersion, model.Version));
        }
    }

    private static async Task<IResult> MaskPointsAsync(HttpContext context, PointRecords records)
    {
        var principal = PrincipalFeature.Of(context);
        if (!CareRoles.Holds(principal, Scopes.ClimateRead))
        {
            return ProblemResults.From(ErrorCodes.Forbidden.With($"This needs the scope {Scopes.ClimateRead}."));
        }

        var (request, error) = await ReadAsync<MaskPointsRequest>(context, MaxPointsBytes);
        if (error is not null || request is null)
        {
            return ProblemResults.From(error ?? ClimateAsk.Bad("request", "The request is missing.", "null", "an object"));
        }

        var (result, refusal) = records.Mask(request, principal);
        return result is null ? ProblemResults.From(refusal!) : Results.Json(result, RealtimeJson.Options);
    }

    private static QuotaDemand DemandOf(ModelQuestion question, Principal principal)
    {
        var (latitudes, longitudes) = (question.Grid.LatitudesDegrees, question.Grid.LongitudesDegrees);
        var place = new GeoBox(longitudes.Min(), latitudes.Min(), longitudes.Max(), latitudes.Max());
        return new QuotaDemand(principal.RateClass, place, [.. question.Variables.Select(ClimateVariables.NameOf)], null);
    }

    private static async Task<(T? Value, ProtocolError? Error)> ReadAsync<T>(HttpContext context, int maxBytes)
    {
        if (await NdjsonReader.ReadAsync(context.Request, maxBytes, context.RequestAborted) is not { } body)
        {
            return (default, ErrorCodes.MessageTooLarge.With($"The body has more than {maxBytes} bytes."));
        }

        try
        {
            return (JsonSerializer.Deserialize<T>(body.Span, RealtimeJson.Options), null);
        }
        catch (JsonException e)
        {
            return (default, ClimateAsk.Bad(e.Path is { Length: > 2 } path ? path[2..] : "request", "This is not of the documented shape.", null, "see PROTOCOL.md"));
        }
    }
}
