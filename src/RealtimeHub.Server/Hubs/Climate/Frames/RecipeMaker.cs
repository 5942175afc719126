using RealtimeHub.Protocol.Climate;
using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Says what a channel's frame of a time is made from. Pure.</summary>
internal static class RecipeMaker
{
    /// <summary>The recipe of a frame.</summary>
    /// <param name="spec">The channel's content.</param>
    /// <param name="catalogue">What the source has.</param>
    /// <param name="now">What the data clock shows.</param>
    /// <param name="decision">The decision that it is made under.</param>
    public static FrameRecipe Make(ClimateSpec spec, FieldCatalogue catalogue, DateTimeOffset now, CareDecision decision)
    {
        var (time, analysis) = spec.TimeMode == TimeModes.Forecast ? Ahead(spec, catalogue.Times, now)
            : spec.Kind == FrameKinds.Xai ? Explained(catalogue.Times, spec.Time ?? now)
            : (spec.Time ?? now, AnalysisOf(catalogue.Times, spec.Time ?? now));
        return new FrameRecipe
        {
            Kind = spec.Kind,
            Source = catalogue.Id,
            SourceDigest = catalogue.Provenance.Digest,
            Time = time,
            AnalysisTime = analysis,
            Variables = spec.Variables,
            Window = spec.Window,
            Seed = spec.Seed,
            Member = spec.Member,
            StormMotion = spec.StormMotion,
            Method = spec.Method,
            Level = spec.Level,
            BackgroundRows = spec.BackgroundRows,
            Frames = spec.Frames,
            H3Resolution = spec.H3Resolution,
            Tile = spec.Tile,
            Decision = DecisionOf(decision),
        };
    }

    /// <summary>What of a decision makes the content: who sees the same under the same policy has the same here.</summary>
    public static string DecisionOf(CareDecision decision) => $"urn:kfm:care:content:{decision.ContentKey}:{decision.MaskKey}";

    private static DateTimeOffset AnalysisOf(FieldTimes times, DateTimeOffset time) => times[times.Locate(time).EarlierIndex];

    // The model reaches three hours beyond an analysis, and no further.
    private static (DateTimeOffset Time, DateTimeOffset Analysis) Ahead(ClimateSpec spec, FieldTimes times, DateTimeOffset now)
    {
        var analysis = AnalysisOf(times, now);
        var (wanted, farthest) = (now.AddSeconds(spec.LeadSeconds), analysis.AddSeconds(ClimateFeatures.StepSeconds));
        return (wanted < farthest ? wanted : farthest, analysis);
    }

    // At a time of the source's own there is nothing predicted: what is explained is the prediction for it from the time before.
    private static (DateTimeOffset Time, DateTimeOffset Analysis) Explained(FieldTimes times, DateTimeOffset time)
    {
        var located = times.Locate(time);
        var index = located.Match is TimeMatch.Exact && located.EarlierIndex > 0
            && times[located.EarlierIndex] - times[located.EarlierIndex - 1] <= TimeSpan.FromSeconds(ClimateFeatures.StepSeconds)
            ? located.EarlierIndex - 1
            : located.EarlierIndex;
        return (time, times[index]);
    }
}
