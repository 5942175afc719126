using System.Globalization;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Policy;

/// <summary>What one property of <see cref="CareOptions"/> alone cannot say.</summary>
internal sealed class CareOptionsRules : IValidateOptions<CareOptions>
{
    public ValidateOptionsResult Validate(string? name, CareOptions options)
    {
        var failures = new List<string>();
        if (options.ViewerMaxZoom > options.MaxZoom)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Policy:ViewerMaxZoom is {options.ViewerMaxZoom}, but the service ends at Policy:MaxZoom {options.MaxZoom}; viewers would ask for tiles that do not exist."));
        }

        if (options.Quotas.Count == 0 || options.Quotas.Any(q => q.Value is not > 0 || double.IsInfinity(q.Value)))
        {
            failures.Add("Policy:Quotas needs at least one rate class, and every quota is a number above 0.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
