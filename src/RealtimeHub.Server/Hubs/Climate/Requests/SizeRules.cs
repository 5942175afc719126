using System.Globalization;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Hubs.Climate.Frames;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>The last layer: a frame is not larger than it may be.</summary>
internal static class SizeRules
{
    public static ProtocolError? Check(ClimateAsk ask, ClimateSpec spec, ClimateHubOptions limits)
    {
        var maxNames = spec.Kind == FrameKinds.Drivers ? limits.MaxDrivers : limits.MaxVariables;
        if (spec.Variables.Count > maxNames)
        {
            return TooMuch(ask.NamesField, spec.Variables.Count, maxNames, "names");
        }

        if (spec.Kind == FrameKinds.Tile)
        {
            return null;
        }

        var cells = (long)PlaneCut.RowsOf(spec.Window) * PlaneCut.ColumnsOf(spec.Window);
        var explained = (long)spec.Window.Rows * spec.Window.Columns;
        return cells > limits.MaxCells ? TooMuch("domain.bbox", cells, limits.MaxCells, "cells")
            : spec.Kind == FrameKinds.Xai && explained > limits.MaxExplainedCells ? TooMuch("domain.bbox", explained, limits.MaxExplainedCells, "explained cells")
            : cells * spec.Variables.Count > limits.MaxNumbers ? TooMuch("domain.bbox", cells * spec.Variables.Count, limits.MaxNumbers, "numbers")
            : null;
    }

    private static ProtocolError TooMuch(string field, long value, long bound, string what) => ClimateAsk.Bad(
        field,
        "This is more than one frame may hold; ask for a smaller box, fewer variables or a larger options.stride.",
        string.Create(CultureInfo.InvariantCulture, $"{value} {what}"),
        string.Create(CultureInfo.InvariantCulture, $"at most {bound} {what}"));
}
