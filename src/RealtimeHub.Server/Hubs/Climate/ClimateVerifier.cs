using System.Text.Json;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Masking;
using RealtimeHub.Server.Hubs.Climate.Models;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Limits;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Provenance;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>Computes frames again, for callers who are shown them today. Thread-safe.</summary>
/// <remarks>
/// Whether a checksum matches tells of the content, so the caller is decided on as if asking for it, and the frame is made as the caller may see
/// it: nobody can try values of what is concealed.
/// </remarks>
internal sealed class ClimateVerifier(
    ProvenanceStore activities, FieldSourceDirectory sources, CareDecider decider, FrameComputer computer, ClimateRecipeRules rules, RateLimits limits)
{
    public async Task<(VerifyResult? Result, ProtocolError? Error)> VerifyAsync(VerifyRequest request, Principal principal, CancellationToken cancellationToken)
    {
        if (Find(request, principal, out var recipe, out var expected, out var made) is { } error)
        {
            return (null, error);
        }

        if (sources.Find(recipe!.Source) is not { } source || source.Catalogue.Provenance.Digest != recipe.SourceDigest)
        {
            return (null, ErrorCodes.Unavailable.With($"The source {FieldError.Preview(recipe.Source)} does not have the data of the recipe any more."));
        }

        if (rules.Check(recipe, source.Catalogue) is { } invalid)
        {
            return (null, invalid);
        }

        if (recipe.Kind == FrameKinds.Xai && await limits.ExplainAsync(principal, cancellationToken) is { } slower)
        {
            return (null, slower);
        }

        var asked = RequestOf(recipe, source.Catalogue, principal);
        var decision = made ?? decider.Decide(asked);
        if (!decision.IsAllowed)
        {
            activities.RecordRefusal(asked, decision);
            return (null, decision.Refusal);
        }

        if (made is null && RecipeMaker.DecisionOf(decision) != recipe.Decision)
        {
            return (null, ErrorCodes.CarePolicyViolation.With("The caller is not shown today what this recipe makes, so it cannot be verified for this caller."));
        }

        try
        {
            var frame = await computer.ComputeAsync(recipe, GridMasks.Of(decision), cancellationToken);
            return (new VerifyResult { Matches = frame.Multihash == expected, Expected = expected!, Computed = frame.Multihash, Recipe = frame.Recipe }, null);
        }
        catch (Exception e) when (e is SourceChangedException or ModelUnavailableException)
        {
            return (null, ErrorCodes.Unavailable.With(e.Message));
        }
    }

    // What was recorded is made under its own decision again: whoever may read the record is shown all of it today.
    private ProtocolError? Find(VerifyRequest request, Principal principal, out FrameRecipe? recipe, out string? expected, out CareDecision? made)
    {
        made = null;
        (recipe, expected) = (request.Recipe, request.Multihash);
        if (request.Activity is null == request.Recipe is null)
        {
            return ClimateAsk.Bad("activity", "Give either the activity of a frame, or its recipe with its multihash.", null, "activity | recipe, multihash");
        }

        if (request.Activity is { } activity)
        {
            // What the caller is not shown is answered as what is not there.
            if (!activities.TryGet(activity, out var record) || !record.Subject.IsShownTo(principal, decider) || RecipeIn(record) is not { } kept)
            {
                return ErrorCodes.NotFound.With("There is no such activity, or it is forgotten; verify by recipe and multihash.", new FieldError("activity", "There is no such activity.", FieldError.Preview(activity)));
            }

            (recipe, expected, made) = (kept, record.Multihash, record.Subject.Decision);
            return null;
        }

        return Multihash.IsValid(request.Multihash)
            ? null
            : ClimateAsk.Bad("multihash", "The checksum of the frame is missing or no sha2-256 multihash.", request.Multihash, "1220 and 64 lower-case hexadecimal digits");
    }

    private static FrameRecipe? RecipeIn(ActivityRecord record)
    {
        try
        {
            return record.Recipe.To(RealtimeJsonContext.Default.FrameRecipe);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CareRequest RequestOf(FrameRecipe recipe, FieldCatalogue catalogue, Principal principal) => new()
    {
        Principal = principal,
        Kind = recipe.Kind switch
        {
            FrameKinds.Drivers => CareKind.Drivers,
            FrameKinds.Xai => CareKind.Xai,
            FrameKinds.Tile => CareKind.Tile,
            _ => CareKind.Fields,
        },
        Place = PlaceOf(recipe, catalogue.Grid),
        Variables = recipe.Variables,
        TimeMode = CareTimeMode.Realtime,
        Grid = catalogue.Grid,
    };

    private static CarePlace PlaceOf(FrameRecipe recipe, FieldGrid grid)
    {
        if (recipe.Tile is { } tile)
        {
            var (z, x, y) = TileComputer.Parse(tile);
            return new CarePlace.Tile(z, x, y);
        }

        var window = recipe.Window;
        var extent = grid.Cut(new GridWindow(window.Row, window.Column, window.Rows, window.Columns)).Extent;
        return recipe.Level == XaiLevels.Local ? new CarePlace.Point(extent.South, extent.West) : new CarePlace.Box(extent);
    }
}
