using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Drivers;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Training;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>The fourth layer: variables, drivers and methods that are allowed, and that the source and the model can give.</summary>
internal static class VariableRules
{
    private const string Cam = "cam";

    private static readonly string[] KnownMethods = [.. XaiComputer.Methods, Cam];

    public static ProtocolError? Check(ClimateAsk ask, ClimateHubOptions limits) => ask.Kind switch
    {
        FrameKinds.Fields => CheckVariables(ask, limits),
        FrameKinds.Drivers => CheckDrivers(ask, limits),
        FrameKinds.Xai => CheckExplained(ask, limits),
        _ => DriverNames.TryGet(ask.Names![0]!, out _) ? CheckDrivers(ask, limits) : CheckVariables(ask, limits),
    };

    private static ProtocolError? CheckVariables(ClimateAsk ask, ClimateHubOptions limits)
    {
        var allowed = limits.Variables.Length > 0 ? limits.Variables : ClimateDefaults.Variables;
        var names = new List<string>();
        foreach (var name in ask.Names!.OfType<string>())
        {
            if (!VariableName.TryResolve(ask.Catalogue, name, out var resolved, out var variable) || !allowed.Contains(resolved.Source))
            {
                return ClimateAsk.Bad(ask.NamesField, "This variable is not served.", name, string.Join(", ", allowed.Where(ask.Catalogue.Variables.ContainsKey)));
            }

            if (AddLevels(ask, name, resolved, variable, names) is { } error)
            {
                return error;
            }
        }

        // A wind without its other component has no direction, and who draws it draws nonsense.
        var alone = ask.Kind == FrameKinds.Fields ? names.Find(n => Partner(n) is { } partner && !names.Contains(partner)) : null;
        if (alone is not null)
        {
            return ClimateAsk.Bad(ask.NamesField, "Wind components come in pairs.", alone, $"{alone} with {Partner(alone)}");
        }

        ask.Variables = [.. names.Distinct().OrderBy(n => Rank(allowed, ask.Catalogue, n)).ThenBy(n => n, StringComparer.Ordinal)];
        return CheckMember(ask);
    }

    // A variable on levels is named with its level, or takes the levels of the domain.
    private static ProtocolError? AddLevels(ClimateAsk ask, string name, VariableName resolved, FieldVariable variable, List<string> names)
    {
        if (!variable.HasLevels || resolved.Level is not null)
        {
            names.Add(name);
            return null;
        }

        if (ask.Domain is not { Vertical: "pressure_level", Levels: { Count: > 0 } levels })
        {
            return ClimateAsk.Bad("domain.levels", $"{name} has levels; name them, or ask for {name}{variable.Levels[0]:0}.", null, $"vertical pressure_level, levels of {string.Join(", ", variable.Levels)}");
        }

        foreach (var level in levels)
        {
            if (variable.IndexOfLevel(level) < 0)
            {
                return ClimateAsk.Bad("domain.levels", $"{name} has no such level.", $"{level}", string.Join(", ", variable.Levels));
            }

            names.Add($"{name}{level:0}");
        }

        return null;
    }

    private static ProtocolError? CheckDrivers(ClimateAsk ask, ClimateHubOptions limits)
    {
        IReadOnlyList<string> allowed = limits.Drivers.Length > 0 ? limits.Drivers : [.. DriverCatalog.All.Select(d => d.WireName)];
        if (ask.Names!.FirstOrDefault(n => !allowed.Contains(n) || !DriverNames.TryGet(n!, out _)) is { } unknown)
        {
            return ClimateAsk.Bad(ask.NamesField, "This driver is not served.", unknown, string.Join(", ", allowed));
        }

        if (ColumnReading.Problem(ask.Catalogue) is { } problem)
        {
            return ClimateAsk.Bad("source", $"Drivers cannot be computed from this source: {problem}", ask.Catalogue.Id);
        }

        ask.Variables = [.. ask.Names!.OfType<string>().Distinct().OrderBy(n => DriverNames.TryGet(n, out var d) ? (int)d.Driver : 0)];
        return CheckMember(ask);
    }

    private static ProtocolError? CheckExplained(ClimateAsk ask, ClimateHubOptions limits)
    {
        var name = ask.Names![0]!;
        if (!ClimateVariables.TryParse(name, out _))
        {
            return ClimateAsk.Bad("variable", "This variable is not predicted, so there is nothing to explain.", name, string.Join(", ", ClimateVariables.All.Select(ClimateVariables.NameOf)));
        }

        var methods = limits.Methods.Length > 0 ? limits.Methods : XaiComputer.Methods;
        if (ask.Method == Cam)
        {
            return ErrorCodes.MethodNotApplicable.With(
                "Class activation maps need a convolutional network; the model is a sum of regression trees, which has none. Use shap or ig.",
                new FieldError("method", "The method does not fit the model.", Cam, string.Join(", ", methods)));
        }

        if (!methods.Contains(ask.Method))
        {
            return ClimateAsk.Bad("method", "There is no such method.", ask.Method, string.Join(", ", KnownMethods.Where(m => m != Cam && methods.Contains(m))));
        }

        ask.Variables = [name];
        ask.Level = ask.GivenLevel ?? (ask.IsPoint ? XaiLevels.Local : XaiLevels.Spatial);
        if (ask.Level == XaiLevels.Local && !ask.IsPoint)
        {
            return ClimateAsk.Bad("level", "A local explanation is of a point.", ask.Level, "local with domain.point; spatial or narrative with bbox or tile");
        }

        return SurfaceReading.Problem(ask.Catalogue) is { } problem
            ? ClimateAsk.Bad("source", $"The model cannot be used on this source: {problem}", ask.Catalogue.Id)
            : null;
    }

    private static ProtocolError? CheckMember(ClimateAsk ask) => ask.Options.Member > 0 && SurfaceReading.Problem(ask.Catalogue) is { } problem
        ? ClimateAsk.Bad("options.member", $"There are no ensemble members of this source: {problem}", $"{ask.Options.Member}", "0")
        : ask.TimeMode == TimeModes.Forecast && SurfaceReading.Problem(ask.Catalogue) is { } lack
            ? ClimateAsk.Bad("time_mode", $"There are no forecasts of this source: {lack}", ask.TimeMode, TimeModes.Realtime)
            : null;

    private static string? Partner(string name) => name[0] switch
    {
        'u' when name.Length == 1 || char.IsAsciiDigit(name[1]) => $"v{name[1..]}",
        'v' when name.Length == 1 || char.IsAsciiDigit(name[1]) => $"u{name[1..]}",
        _ => null,
    };

    private static int Rank(IReadOnlyList<string> allowed, FieldCatalogue catalogue, string name)
    {
        for (var i = 0; VariableName.TryResolve(catalogue, name, out var resolved, out _) && i < allowed.Count; i++)
        {
            if (allowed[i] == resolved.Source)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}
