using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.System.Sampling;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public class SystemSamplingOptionsTests
{
    [Fact]
    public void Services_bind_with_their_defaults()
    {
        var services = Bind(("Services:0:Name", "detector"), ("Services:0:Url", "http://localhost:1/health")).Services;

        var service = Assert.Single(services);
        Assert.Equal(TimeSpan.FromSeconds(30), service.Interval);
        Assert.Equal(TimeSpan.FromSeconds(5), service.Timeout);
    }

    [Theory]
    [InlineData("Services:0:Url", "/health", "System:Services:0:Url of 'detector'")]
    [InlineData("Services:0:Url", "ftp://user:secret@host/", "System:Services:0:Url of 'detector'")]
    [InlineData("Services:1:Name", "DETECTOR", "System:Services:1:Name is 'DETECTOR'")]
    [InlineData("Services:0:Name", "", "Name")]
    [InlineData("Services:0:Interval", "00:00:00", "Interval")]
    [InlineData("Services:0:Timeout", "00:05:00", "Timeout")]
    [InlineData("GpuTimeout", "00:01:00", "GpuTimeout")]
    [InlineData("NodeName", "", "NodeName")]
    public void Validation_names_what_is_wrong_and_no_secret(string key, string value, string expected)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Bind(
            ("Services:0:Name", "detector"),
            ("Services:0:Url", "http://localhost:1/"),
            ("Services:1:Name", "analyser"),
            ("Services:1:Url", "https://localhost:2/"),
            (key, value)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static SystemSamplingOptions Bind(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        foreach (var (key, value) in settings)
        {
            builder.Configuration[$"{SystemSamplingOptions.SectionName}:{key}"] = value;
        }

        builder.Services.AddSystemSampling();
        using var provider = builder.Services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<SystemSamplingOptions>>().Value;
    }
}
