using System.Security.Cryptography;
using System.Text;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Features;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Validates how a viewer wants to see a run. Pure.</summary>
internal static class ViewPlanner
{
    /// <summary>Above this a field is sent quantised only.</summary>
    public const int MaxExactGridSize = 512;

    private const int MinIntervalMs = 10;
    private const int MaxIntervalMs = 10_000;
    private const int MaxIntervalSteps = 100;

    /// <summary>Turns a request into a view of a run.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The type of the frames.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="baseEvery">Every how many steps the run's own channel has a frame.</param>
    /// <param name="errors">Gets one entry per bad member.</param>
    public static ViewPlan Plan(ViewRequest request, string kind, SimulationRecipe recipe, int baseEvery, List<FieldError> errors)
    {
        var every = Checks.InRange("update_interval_steps", request.UpdateIntervalSteps, baseEvery, 1, MaxIntervalSteps, errors);
        var features = Features(request.Features, recipe.Model.Observed, errors);
        var encoding = EncodingOf(request, recipe.GridSize, errors);
        return Of(kind, every, features, encoding, isBase: kind == SimulationTypes.State && every == baseEvery && features is null && encoding is null);
    }

    /// <summary>What the run's own channel has.</summary>
    public static ViewPlan Base(int every) => Of(SimulationTypes.State, every, null, null, isBase: true);

    /// <summary>The pace and the place to start of one viewer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="channel">The plan so far.</param>
    /// <param name="defaultIntervalMs">The time between two frames when none is given; 0 for every frame.</param>
    /// <param name="defaultStart">Where to start when nothing is given.</param>
    /// <param name="errors">Gets one entry per bad member.</param>
    public static SubscribePlan Pace(ViewRequest request, SubscribePlan channel, int defaultIntervalMs, StartPoint defaultStart, List<FieldError> errors)
    {
        var interval = Checks.InRange("update_interval_ms", request.UpdateIntervalMs, defaultIntervalMs, MinIntervalMs, MaxIntervalMs, errors);
        return channel with
        {
            Interval = TimeSpan.FromMilliseconds(interval),
            Start = channel.Start == StartPoint.Live ? defaultStart : channel.Start,
        };
    }

    private static ViewPlan Of(string kind, int every, IReadOnlyList<string>? features, string? encoding, bool isBase)
    {
        var content = $"{kind};{every};{(features is null ? "" : string.Join(',', features))};{encoding}";
        return new ViewPlan(kind, every, features, encoding)
        {
            NeedsMorphology = features?.Any(FeatureNames.Morphology.Contains) == true,
            Name = isBase ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8)),
        };
    }

    // In the model's order, so that the order of asking makes no other content.
    private static List<string>? Features(IReadOnlyList<string>? asked, ObservedField field, List<FieldError> errors)
    {
        if (asked is null or { Count: 0 })
        {
            return null;
        }

        string[] known = [.. FeatureNames.Standard(field), .. FeatureNames.Morphology];
        for (var i = 0; i < asked.Count; i++)
        {
            if (!known.Contains(asked[i]))
            {
                errors.Add(new FieldError($"features[{i}]", "The model has no such feature.", FieldError.Preview(asked[i] ?? "null"), string.Join(", ", known)));
            }
        }

        var chosen = known.Where(asked.Contains).ToList();
        return chosen.SequenceEqual(FeatureNames.Standard(field)) ? null : chosen;
    }

    private static string? EncodingOf(ViewRequest request, int gridSize, List<FieldError> errors)
    {
        var encoding = Checks.OneOf("encoding", request.Encoding, FieldEncodings.Real32, FieldEncodings.All, errors);
        if (request.IncludeFullState != true)
        {
            return null;
        }

        if (encoding == FieldEncodings.Real32 && gridSize > MaxExactGridSize)
        {
            errors.Add(new FieldError(
                "encoding", $"Above {MaxExactGridSize} cells per side the field is sent quantised only.", encoding, $"{FieldEncodings.Whole16}, {FieldEncodings.Whole8}"));
        }

        return encoding;
    }
}
