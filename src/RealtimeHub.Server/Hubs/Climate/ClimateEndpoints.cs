using System.Text.Json;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Models;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>The climate system over HTTP: verifying frames, what the policy shows, and the model for servers that have none.</summary>
internal static class ClimateEndpoints
{
    private const int MaxVerifyBytes = 64 << 10;
    private const int MaxCareBytes = 64 << 10;
    private const int MaxInferBytes = 16 << 20;

    public static IEndpointRouteBuilder MapClimate(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/climate").RequireAuthorization();
        group.MapPost("/verify", VerifyAsync);
        group.MapPost("/infer", InferAsync);
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

    // What goes in is the caller's own, so no policy has a say in what comes out.
    private static async Task<IResult> InferAsync(HttpContext context, EmbeddedClimateModel model)
    {
        if (!PrincipalFeature.Of(context).Has(Scopes.ClimateRead))
        {
            return ProblemResults.From(ErrorCodes.Forbidden.With($"This needs the scope {Scopes.ClimateRead}."));
        }

        var (request, error) = await ReadAsync<InferRequest>(context, MaxInferBytes);
        if (error is not null || request is null)
        {
            return ProblemResults.From(error ?? ClimateAsk.Bad("request", "The request is missing.", "null", "an object"));
        }

        try
        {
            var question = InferMessages.ToQuestion(request);
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
