using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>The second layer: the source has the times that are asked for, and history does not begin too early.</summary>
internal sealed class TimeRules(FieldSourceDirectory sources, ClimateHubOptions limits)
{
    public ProtocolError? Check(ClimateAsk ask)
    {
        ask.TimeMode = ask.GivenTimeMode ?? TimeModes.Realtime;
        if (limits.TimeModes.Length > 0 && !limits.TimeModes.Contains(ask.TimeMode))
        {
            return ClimateAsk.Bad("time_mode", "This time mode is not served here.", ask.TimeMode, string.Join(", ", limits.TimeModes));
        }

        if (sources.Find(ask.GivenSource ?? limits.DefaultSource) is not { } source)
        {
            return ask.GivenSource is { } given
                ? ClimateAsk.Bad("source", "There is no such source.", given, string.Join(", ", sources.Sources.Select(s => s.Catalogue.Id)))
                : ErrorCodes.Unavailable.With($"The source {limits.DefaultSource} is not there now.");
        }

        ask.Source = source;
        return CheckBelongs(ask)
            ?? CheckWithin("time", ask.Time, source.Catalogue)
            ?? CheckWithin("options.start", ask.Options.Start, source.Catalogue)
            ?? CheckWithin("options.end", ask.Options.End, source.Catalogue)
            ?? CheckHistory(ask);
    }

    private static ProtocolError? CheckBelongs(ClimateAsk ask)
    {
        var options = ask.Options;
        var (isHistorical, isForecast) = (ask.TimeMode == TimeModes.Historical, ask.TimeMode == TimeModes.Forecast);
        var stray = !isHistorical && options.Start is not null ? "start"
            : !isHistorical && options.End is not null ? "end"
            : !isHistorical && options.RewindSeconds is not null ? "rewind_seconds"
            : !isHistorical && options.ReplaySpeed is not null ? "replay_speed"
            : !isForecast && options.LeadSeconds is not null ? "lead_seconds"
            : null;
        return stray is null ? null : ClimateAsk.Bad($"options.{stray}", $"This does not go with time_mode {ask.TimeMode}.", null, isHistorical || stray == "lead_seconds" ? TimeModes.Forecast : TimeModes.Historical);
    }

    private ProtocolError? CheckHistory(ClimateAsk ask)
    {
        if (ask.TimeMode != TimeModes.Historical || ask.Time is not null)
        {
            return null;
        }

        var (options, times) = (ask.Options, ask.Catalogue.Times);
        if (options.Start is null == options.RewindSeconds is null)
        {
            return ClimateAsk.Bad("options.start", "History needs either start or rewind_seconds.", null, RangeOf(times));
        }

        if (options.Start < times.Last - limits.LookBack)
        {
            return ClimateAsk.Bad("options.start", "History may not begin so early.", UtcTimestampConverter.ToText(options.Start.Value), $"at most {limits.LookBack.TotalDays:0.###} d before {UtcTimestampConverter.ToText(times.Last)}");
        }

        return options.End < options.Start
            ? ClimateAsk.Bad("options.end", "The end lies before the start.", UtcTimestampConverter.ToText(options.End.Value), $"from {UtcTimestampConverter.ToText(options.Start.Value)}")
            : null;
    }

    private static ProtocolError? CheckWithin(string field, DateTimeOffset? time, FieldCatalogue catalogue) =>
        time is { } given && !catalogue.Times.Locate(given).IsWithin
            ? ClimateAsk.Bad(field, $"{catalogue.Id} has no data of this time.", UtcTimestampConverter.ToText(given), RangeOf(catalogue.Times))
            : null;

    private static string RangeOf(FieldTimes times) => $"{UtcTimestampConverter.ToText(times.First)}..{UtcTimestampConverter.ToText(times.Last)}";
}
