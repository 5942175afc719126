using System.Globalization;
using System.Text;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Provenance;
using ProvenanceReference = RealtimeHub.Protocol.Governance.Provenance;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Makes a governed envelope of computed numbers, and records where they come from. Thread-safe.</summary>
internal sealed class FrameAssembler(ProvenanceStore activities, StacCatalogue items, TimeProvider clock)
{
    private const int DigestDigits = 32;

    /// <summary>Puts a frame together.</summary>
    /// <param name="context">The frame's surroundings.</param>
    /// <param name="frame">Its numbers.</param>
    public GovernedEnvelope Assemble(FrameContext context, ComputedFrame frame)
    {
        var governance = Govern(context, frame);
        var blocks = frame.Blocks;
        if (context.Catalogue.Grid.Kind is FieldGridKind.Curvilinear && frame.Recipe.Kind is FrameKinds.Fields or FrameKinds.Drivers)
        {
            blocks = PayloadMaker.WithPlaces(blocks, context.Catalogue.Grid, frame.Recipe.Window);
        }

        var payload = frame.Recipe.Kind == FrameKinds.Xai
            ? JsonPayload.From(PayloadMaker.Xai(context, frame, [governance.Prov.Used[0]]), RealtimeJsonContext.Default.XaiPayload)
            : JsonPayload.From(PayloadMaker.Data(context, frame), RealtimeJsonContext.Default.ClimatePayload);
        return new GovernedEnvelope(
            new Envelope
            {
                Type = frame.Recipe.Kind == FrameKinds.Xai ? "climate.xai" : $"climate.{frame.Recipe.Kind}",
                Timestamp = context.Instant?.Wall ?? clock.GetUtcNow(),
                EventId = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
                Tags = new Dictionary<string, string> { ["source"] = frame.Recipe.Source, ["kind"] = frame.Recipe.Kind },
                Payload = payload,
                Blocks = blocks,
                ConflationKey = context.IsOutOfTurn ? null : frame.Recipe.Kind,
            },
            governance);
    }

    /// <summary>Records how numbers were made, and says so in the four parts that a frame carries.</summary>
    public FrameGovernance Govern(FrameContext context, ComputedFrame frame)
    {
        var (recipe, decision) = (frame.Recipe, context.Decision);
        var recipeText = JsonPayload.From(recipe, RealtimeJsonContext.Default.FrameRecipe);
        var digest = Multihash.Sha256([.. recipeText.Utf8.Span, .. Encoding.ASCII.GetBytes(frame.Multihash)])[Multihash.Sha256Prefix.Length..][..DigestDigits];
        var isXai = recipe.Kind == FrameKinds.Xai;
        var item = $"{recipe.Kind}-{digest}";
        var activity = new ActivityRecord
        {
            Id = isXai ? ProvenanceUrns.Explanation(digest) : ProvenanceUrns.Inference(digest),
            Agent = isXai ? ProvenanceUrns.XaiAgent : ProvenanceUrns.ClimateAgent,
            Subject = new GovernedSubject(context.Request, decision),
            Used = Used(recipe, decision),
            Generated = [ProvenanceUrns.StacItem(item)],
            StartedAt = context.StartedAt,
            EndedAt = clock.GetUtcNow(),
            Multihash = frame.Multihash,
            Seed = recipe.Seed,
            ModelVersion = recipe.ModelVersion,
            XaiMethod = recipe.Method,
            Recipe = recipeText,
            Notes = Notes(context, frame),
        };
        activity = activities.Record(activity);
        items.Add(new StacItemRecord
        {
            Id = item,
            Activity = activity,
            Time = recipe.Time,
            Content = recipe.Kind switch { FrameKinds.Xai => StacContent.Explanation, FrameKinds.Drivers => StacContent.Drivers, _ => StacContent.Fields },
            Names = recipe.Variables,
            InputItems = [ProvenanceUrns.Source(recipe.Source)],
            VerticalAxis = frame.Numbers.Any(n => n.LevelUnit is not null) ? "pressure_level" : null,
            ExplainabilityLevel = recipe.Level,
            IsRealtime = context.TimeMode == TimeModes.Realtime,
        });
        return new FrameGovernance(
            decision.Care.WithNotes([.. activity.Notes]),
            new ProvenanceReference(activity.Id, activity.Used, activity.Agent),
            new Checksums(frame.Multihash),
            new StacReferences([item]));
    }

    // The data are named with their own date: in a replay it is the original one.
    private static List<string> Used(FrameRecipe recipe, CareDecision decision)
    {
        var date = recipe.AnalysisTime.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var used = new List<string> { $"{ProvenanceUrns.Source(recipe.Source)}:{date}" };
        if (recipe.ModelVersion is { } version)
        {
            used.Add(ProvenanceUrns.Model(version));
        }

        used.Add(decision.PolicyUrn);
        return used;
    }

    private static List<string> Notes(FrameContext context, ComputedFrame frame)
    {
        var notes = new List<string>();
        if (context.Instant?.ReplayNote is { } replay)
        {
            notes.Add(replay);
        }

        var recipe = frame.Recipe;
        var analysis = UtcTimestampConverter.ToText(recipe.AnalysisTime);
        var modelled = frame.Numbers.Where(n => n.Origin == ValueOrigins.Model).Select(n => n.Name).ToList();
        var held = frame.Numbers.Where(n => n.Origin == ValueOrigins.Held).Select(n => n.Name).ToList();
        if (modelled.Count > 0)
        {
            var member = recipe.Member > 0 ? string.Create(CultureInfo.InvariantCulture, $", member {recipe.Member} of seed {recipe.Seed}") : "";
            notes.Add($"Modelled: {string.Join(", ", modelled)} by {recipe.ModelVersion} from the data of {analysis}{member}; not observed.");
        }

        if (held.Count > 0)
        {
            notes.Add($"Held: {string.Join(", ", held)} are of {analysis}, not of this time.");
        }

        if (context.Catalogue.ReferenceTime is { } start)
        {
            notes.Add($"The source is a numerical forecast started at {UtcTimestampConverter.ToText(start)}; none of its values were observed.");
        }

        return notes;
    }
}
