using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Science.Climate;

namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>What attributes cannot say: the embedded model can be read, and a remote one is behind HTTP.</summary>
internal sealed class ClimateModelOptionsRules(IHostEnvironment environment) : IValidateOptions<ClimateModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ClimateModelOptions options)
    {
        if (options.RemoteUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
        {
            return Fail(nameof(options.RemoteUrl), url.ToString(), "an absolute http or https address");
        }

        var path = PathOf(options.File, environment.ContentRootPath);
        try
        {
            _ = new ClimateModel(ClimateModelJson.Read(File.ReadAllBytes(path)));
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return Fail(nameof(options.File), options.File, $"the file of a climate model: {e.Message}");
        }
    }

    // A server that is started elsewhere still finds what was installed with it.
    public static string PathOf(string file, string contentRoot)
    {
        var path = Path.GetFullPath(file, Path.GetFullPath(contentRoot));
        var installed = Path.GetFullPath(file, AppContext.BaseDirectory);
        return !File.Exists(path) && File.Exists(installed) ? installed : path;
    }

    private static ValidateOptionsResult Fail(string property, string value, string bound) =>
        ValidateOptionsResult.Fail($"{ClimateModelOptions.SectionName}:{property} is '{value}'; it must be {bound}.");
}
