using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>What attributes cannot say: names are unique, URLs can be asked.</summary>
internal sealed class SystemSamplingOptionsRules : IValidateOptions<SystemSamplingOptions>
{
    public ValidateOptionsResult Validate(string? name, SystemSamplingOptions options)
    {
        var failures = new List<string>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < options.Services.Count; i++)
        {
            var service = options.Services[i];
            var path = $"{SystemSamplingOptions.SectionName}:{nameof(options.Services)}:{i}";
            if (!names.Add(service.Name))
            {
                failures.Add($"{path}:{nameof(service.Name)} is '{service.Name}', which an earlier service is called; names have to be unique.");
            }

            if (!IsHttp(service.Url))
            {
                // The URL is not repeated: it may hold a password.
                failures.Add($"{path}:{nameof(service.Url)} of '{service.Name}' has to be an absolute http or https URL.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
