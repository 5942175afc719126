using System.Globalization;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Hubs.Climate.Stories;

/// <summary>The context stack of a focus, from the widest to the closest. Pure.</summary>
internal static class FocusContexts
{
    public static IReadOnlyList<FocusContext> Of(StoryNode story) =>
    [
        new("region", string.Create(CultureInfo.InvariantCulture, $"{story.GeospatialContext.Grid.Rows} by {story.GeospatialContext.Grid.Columns} cells around {story.FocusCenter[1]:0.##} N, {story.FocusCenter[0]:0.##} E."), []),
        new("time", $"Valid at {UtcTimestampConverter.ToText(story.FocusTime)}.", []),
        new("fields", story.Narrative, [.. story.FocusLayers.Where(l => !story.ClimateDrivers.ContainsKey(l))]),
        new("drivers", story.HazardContext.Count == 0 ? "No driver is above its threshold." : string.Join(" ", story.HazardContext), [.. story.ClimateDrivers.Keys]),
        new("policy", story.Care.Notes.Count == 0 ? "No rule applies here." : story.Care.Notes[0], []),
    ];
}
