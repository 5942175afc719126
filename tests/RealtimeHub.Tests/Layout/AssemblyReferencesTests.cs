using System.Reflection;

namespace RealtimeHub.Tests.Layout;

public class AssemblyReferencesTests
{
    private const string Protocol = "RealtimeHub.Protocol";
    private const string Science = "RealtimeHub.Science";
    private const string Engine = "RealtimeHub.Engine";
    private const string Client = "RealtimeHub.Client";

    [Theory]
    [InlineData(Protocol)]
    [InlineData(Science)]
    [InlineData(Engine, Protocol)]
    [InlineData("RealtimeHub.Redis", Engine, Protocol)]
    [InlineData("RealtimeHub.Server", Engine, "RealtimeHub.Redis", Protocol, Science)]
    [InlineData(Client, Protocol)]
    [InlineData("rthub", Client, Protocol, Science)]
    public void A_project_references_only_what_the_layout_allows(string assembly, params string[] allowed)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!);

        Assert.Empty(references.Where(n => n.StartsWith("RealtimeHub.", StringComparison.Ordinal) || n == "rthub").Except(allowed));
    }

    [Theory]
    [InlineData(Protocol)]
    [InlineData(Engine)]
    public void A_library_under_the_server_knows_no_hub_of_ours(string assembly)
    {
        var families = new[] { "EventType", "JobTable", "SystemSampler" };

        Assert.Empty(Assembly.Load(assembly).GetTypes().Select(t => t.Name).Intersect(families));
    }
}
