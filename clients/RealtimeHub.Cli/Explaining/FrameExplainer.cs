using System.Text.Json;
using RealtimeHub.Cli.Climate;
using RealtimeHub.Client;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Explaining;

/// <summary>Collects what is known of a frame: from the frame, from its lineage on the server, and from an explanation of the prediction.</summary>
internal sealed class FrameExplainer(RealtimeClient client)
{
    private const string SimulationFamily = "simulation:";

    private static readonly string[] Explainable = ["t2m", "td2m", "u10", "v10"];

    private readonly List<string> _missing = [];

    public async Task<FrameExplanation> ExplainAsync(FrameEnvelope? frame, string? activity, CancellationToken cancellationToken)
    {
        var lineage = (activity ?? frame?.Prov?.Activity) is { } name
            ? await TryAsync<JsonElement?>("The lineage", async () => await client.Records.LineageAsync(name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)
            : null;
        var recipe = Recipe(frame, lineage);
        var (attribution, narrative, of) = await AttributionAsync(frame, recipe, cancellationToken).ConfigureAwait(false);
        if (frame is { Care: null } && !IsSimulation(frame))
        {
            _missing.Add("No policy governs this family of channels; the frame has no lineage beyond its channel and position.");
        }

        return new FrameExplanation
        {
            Frame = frame,
            Policy = frame?.Care,
            Lineage = lineage,
            Decision = lineage is { } known && known.TryGetProperty("wasInfluencedBy", out var decision) ? decision : null,
            Inputs = frame?.Prov?.Used ?? Texts(lineage, "used"),
            Items = frame?.Stac?.Items ?? [],
            Attribution = attribution,
            Narrative = narrative,
            AttributionOf = of,
            Run = frame is null ? null : await RunAsync(frame, cancellationToken).ConfigureAwait(false),
            Intact = frame?.Checksums is null ? null : ClimateView.IsIntact(frame),
            Missing = _missing,
        };
    }

    private static bool IsSimulation(FrameEnvelope frame) => frame.Channel.StartsWith(SimulationFamily, StringComparison.Ordinal);

    private static FrameRecipe? Recipe(FrameEnvelope? frame, JsonElement? lineage) =>
        frame?.Checksums is not null && frame.Payload.ToElement().TryGetProperty("recipe", out var own) ? own.Deserialize(RealtimeJsonContext.Default.FrameRecipe)
        : lineage is { } document && document.TryGetProperty("kfm:recipe", out var kept) ? kept.Deserialize(RealtimeJsonContext.Default.FrameRecipe)
        : null;

    private static IReadOnlyList<string> Texts(JsonElement? document, string member) =>
        document is { } known && known.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(t => t.ToString())] : [];

    // A frame of fields is explained by asking why the model predicts its first variable so, at the same time and place.
    private async Task<(XaiAttribution?, string?, string?)> AttributionAsync(FrameEnvelope? frame, FrameRecipe? recipe, CancellationToken cancellationToken)
    {
        if (frame is not null && recipe?.Kind == FrameKinds.Xai)
        {
            var own = frame.Payload.To(RealtimeJsonContext.Default.XaiPayload)!;
            return (own.Attribution, own.Narrative, own.Variable);
        }

        if (recipe is null)
        {
            return default;
        }

        var variable = recipe.Variables.FirstOrDefault(v => Explainable.Contains(v));
        if (variable is null || Box(frame) is not { } box)
        {
            _missing.Add(variable is null
                ? $"None of {string.Join(", ", recipe.Variables)} is predicted by the model, so nothing can be attributed."
                : "Without the frame itself its place is not known, so nothing can be attributed; give the frame as a file.");
            return default;
        }

        return await TryAsync("The attribution", () => AskAsync(variable, box, recipe, cancellationToken)).ConfigureAwait(false);
    }

    private static double[]? Box(FrameEnvelope? frame) => frame?.Payload.To(RealtimeJsonContext.Default.ClimatePayload)?.Grid
        is { Latitude: { } south, Longitude: { } west, LatitudeStep: { } up, LongitudeStep: { } right } grid
            ? [west, south, west + (right * (grid.Columns - 1)), south + (up * (grid.Rows - 1))]
            : null;

    private async Task<(XaiAttribution?, string?, string?)> AskAsync(string variable, double[] box, FrameRecipe recipe, CancellationToken cancellationToken)
    {
        var request = new SubscribeXaiRequest
        {
            Variable = variable,
            Method = "shap",
            Level = XaiLevels.Narrative,
            Time = recipe.Time,
            Source = recipe.Source,
            Domain = new ClimateDomain { Crs = "EPSG:4326", Bbox = box },
        };
        await foreach (var item in client.Climate.StreamXaiAsync(request, null, cancellationToken).ConfigureAwait(false))
        {
            if (item.Error is { } error)
            {
                throw new ProtocolErrorException(error);
            }

            if (item.Frame is { } explanation)
            {
                var payload = explanation.Payload.To(RealtimeJsonContext.Default.XaiPayload)!;
                return (payload.Attribution, payload.Narrative, variable);
            }
        }

        return default;
    }

    private async Task<RunRecipe?> RunAsync(FrameEnvelope frame, CancellationToken cancellationToken)
    {
        if (!IsSimulation(frame))
        {
            return null;
        }

        return frame.Type == SimulationTypes.Complete
            ? frame.Payload.To(RealtimeJsonContext.Default.SimulationComplete)?.Recipe
            : (await TryAsync("The run", () => client.Simulation.DescribeRunAsync(frame.Channel.Split(':')[1], cancellationToken)).ConfigureAwait(false))?.Recipe;
    }

    private async Task<T?> TryAsync<T>(string what, Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (ProtocolErrorException e) when (e.Error.Code != ErrorCodes.Unauthorized.Code)
        {
            _missing.Add($"{what} cannot be had: {e.Error.Message} ({e.Error.Code})");
            return default;
        }
    }
}
