using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>What attributes cannot say: folders have names, and none is named twice.</summary>
internal sealed class ClimateDataOptionsRules : IValidateOptions<ClimateDataOptions>
{
    public ValidateOptionsResult Validate(string? name, ClimateDataOptions options)
    {
        var failures = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Folders.Count; i++)
        {
            var path = $"{ClimateDataOptions.SectionName}:{nameof(options.Folders)}:{i}";
            if (string.IsNullOrWhiteSpace(options.Folders[i]))
            {
                failures.Add($"{path} is empty; it has to name a folder.");
            }
            else if (!seen.Add(Path.TrimEndingDirectorySeparator(options.Folders[i])))
            {
                failures.Add($"{path} is '{options.Folders[i]}', which an earlier one names too.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
