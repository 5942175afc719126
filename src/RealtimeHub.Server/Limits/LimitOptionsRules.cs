using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Limits;

/// <summary>What one property of <see cref="LimitOptions"/> alone cannot say.</summary>
internal sealed class LimitOptionsRules : IValidateOptions<LimitOptions>
{
    private const double MaxFactor = 10_000;

    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        if (Array.Find(options.TrustedProxies, p => !IPAddress.TryParse(p, out _)) is { } proxy)
        {
            return ValidateOptionsResult.Fail($"Limits:TrustedProxies has '{proxy}', which is no IP address.");
        }

        foreach (var (rateClass, factor) in options.RateClasses)
        {
            if (!(factor > 0 && factor <= MaxFactor))
            {
                return ValidateOptionsResult.Fail(string.Create(CultureInfo.InvariantCulture, $"Limits:RateClasses:{rateClass} is {factor}; it must be above 0 and at most {MaxFactor}."));
            }
        }

        return ValidateOptionsResult.Success;
    }
}
