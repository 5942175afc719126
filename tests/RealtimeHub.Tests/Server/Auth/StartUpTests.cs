using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Tests.Server.Auth;

public class StartUpTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Production_without_keys_ends_with_one_sentence_that_names_the_setting()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RealtimeHub.Server.dll")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_ENVIRONMENT"] = "Production", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);

        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill();
        }

        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("RealtimeHub cannot start: Auth:ApiKeys is empty", await error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", await error, StringComparison.Ordinal);
        Assert.DoesNotContain("listen", await output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Testing")]
    public void The_development_key_is_refused_outside_Development(string environment)
    {
        var failure = Failure(environment, [.. Key("ops", Hash("dev-key").ToLowerInvariant())]);

        Assert.Contains("'ops' is the documented development key", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_development_key_is_accepted_in_Development() => Assert.Null(Failure("Development", [.. Key("dev", Hash("dev-key"))]));

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public void Without_keys_nothing_starts(string environment) => Assert.Contains("Auth:ApiKeys is empty", Failure(environment, []), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7")]
    [InlineData("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae00")]
    public void A_hash_of_another_form_is_refused_by_name(string hash) =>
        Assert.Contains("Sha256", Failure("Production", [.. Key("ops", hash)]), StringComparison.Ordinal);

    [Fact]
    public void A_key_without_an_id_is_refused_by_name() => Assert.Contains("Id", Failure("Production", [.. Key("", Hash("a"))]), StringComparison.Ordinal);

    [Fact]
    public void Two_keys_with_one_id_are_refused() =>
        Assert.Contains("'ops'", Failure("Production", [.. Key("ops", Hash("a")), .. Key("ops", Hash("b"), 1)]), StringComparison.Ordinal);

    [Fact]
    public void A_limit_out_of_range_is_refused_by_name() =>
        Assert.Contains("RequestsPerMinute", Failure("Production", [.. Key("ops", Hash("a")), new("Publishing:RequestsPerMinute", "0")]), StringComparison.Ordinal);

    [Fact]
    public void A_failure_never_repeats_what_was_given_as_the_hash() =>
        Assert.DoesNotContain("the-key-itself", Failure("Production", [.. Key("ops", "the-key-itself")]), StringComparison.Ordinal);

    private static IEnumerable<KeyValuePair<string, string?>> Key(string id, string hash, int index = 0) =>
        [new($"Auth:ApiKeys:{index}:Id", id), new($"Auth:ApiKeys:{index}:Sha256", hash), new($"Auth:ApiKeys:{index}:Scopes:0", "*")];

    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    // What the host asks before it starts anything; its message, if it refuses.
    private static string? Failure(string environment, IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment });
        services.AddLogging();
        services.AddCredentialAuth();
        services.AddPublishing();
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return exception.Message;
        }
    }
}
