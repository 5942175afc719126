using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.Workspace;
using RealtimeHub.Server.Hubs.Workspace.Directory;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Workspace;

public sealed class ResourceDirectoryTests : IAsyncDisposable
{
    private readonly WebApplication _service;
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _asked = [];
    private int _status = 200;

    public ResourceDirectoryTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _service = builder.Build();
        _service.MapGet("/owners/{kind}/{id}", (HttpContext context, string kind, string id) =>
        {
            _asked.Add($"{kind}/{id} {context.Request.Headers.Authorization}");
            return _status == 200 && id == "spec-1" ? Results.Json(new { team = "t1" }) : Results.StatusCode(_status == 200 ? 404 : _status);
        });
        _service.StartAsync().GetAwaiter().GetResult();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_remote_directory_is_asked_once_in_a_while()
    {
        using var directory = Remote();

        var found = await directory.FindTeamAsync("spec", "spec-1", TestContext.Current.CancellationToken);
        var again = await directory.FindTeamAsync("spec", "spec-1", TestContext.Current.CancellationToken);
        var unknown = await directory.FindTeamAsync("agent", "nobody", TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await directory.FindTeamAsync("spec", "spec-1", TestContext.Current.CancellationToken);

        Assert.Equal(("t1", "t1", null), (found, again, unknown));
        Assert.Equal(["spec/spec-1 Bearer directory-token", "agent/nobody Bearer directory-token", "spec/spec-1 Bearer directory-token"], _asked);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    [InlineData(302)]
    public async Task A_remote_directory_that_does_not_answer_throws_and_is_asked_again(int status)
    {
        using var directory = Remote();
        _status = status;

        await Assert.ThrowsAsync<HttpRequestException>(async () => await directory.FindTeamAsync("spec", "spec-1", TestContext.Current.CancellationToken));
        _status = 200;

        Assert.Equal("t1", await directory.FindTeamAsync("spec", "spec-1", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_managed_directory_with_a_file_outlives_a_restart()
    {
        var file = Path.Combine(Path.GetTempPath(), $"owners-{Guid.NewGuid():N}.json");
        try
        {
            var options = Options.Create(new WorkspaceOptions { DirectoryFile = file, MaxResources = 2 });
            var first = new ManagedResourceDirectory(options);
            var results = new[] { first.TrySet("spec", "a", "t1"), first.TrySet("spec", "b", "t2"), first.TrySet("spec", "c", "t1"), first.TrySet("spec", "a", "t3") };
            first.Remove("spec", "b");

            var second = new ManagedResourceDirectory(options);

            Assert.Equal([true, true, false, true], results);
            Assert.Equal(["spec a t3"], second.List(null).Select(o => $"{o.Kind} {o.Id} {o.Team}"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private RemoteResourceDirectory Remote() => new(
        Options.Create(new WorkspaceOptions { DirectoryUrl = new Uri($"{_service.Urls.Single()}/owners/"), DirectoryToken = "directory-token" }), _clock);
}
