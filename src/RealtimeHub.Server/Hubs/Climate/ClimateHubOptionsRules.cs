using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Server.Hubs.Climate.Frames;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>What attributes cannot say: edges are in order, intervals lie in their bounds, and names are known.</summary>
internal sealed class ClimateHubOptionsRules : IValidateOptions<ClimateHubOptions>
{
    public ValidateOptionsResult Validate(string? name, ClimateHubOptions options)
    {
        var failures = new List<string>();
        Require(options.West < options.East, $"West is {options.West}; it must be below East, {options.East}.");
        Require(options.South < options.North, $"South is {options.South}; it must be below North, {options.North}.");
        Require(options.MinInterval <= options.MaxInterval, $"MinInterval is {options.MinInterval}; it must be at most MaxInterval, {options.MaxInterval}.");
        foreach (var (property, interval) in new[] { ("FieldInterval", options.FieldInterval), ("DriverInterval", options.DriverInterval) })
        {
            Require(interval >= options.MinInterval && interval <= options.MaxInterval, $"{property} is {interval}; it must be {options.MinInterval}..{options.MaxInterval}.");
        }

        Known("TimeModes", options.TimeModes, TimeModes.All.Contains);
        Known("Methods", options.Methods, XaiComputer.Methods.Contains);
        Known("Drivers", options.Drivers, d => DriverNames.TryGet(d, out _));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool condition, string problem)
        {
            if (!condition)
            {
                failures.Add($"{ClimateHubOptions.SectionName}:{problem}");
            }
        }

        void Known(string property, string[] names, Func<string, bool> isKnown) =>
            Require(Array.TrueForAll(names, n => isKnown(n)), $"{property} has '{Array.Find(names, n => !isKnown(n))}', which is not known.");
    }
}
