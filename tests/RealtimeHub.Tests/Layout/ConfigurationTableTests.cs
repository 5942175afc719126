using System.Reflection;
using RealtimeHub.Engine;
using RealtimeHub.Redis;
using RealtimeHub.Server.Hubs;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Layout;

public class ConfigurationTableTests
{
    [Fact]
    public void Every_setting_is_in_a_row_of_its_section()
    {
        var readme = File.ReadAllText(Path.Combine(WorkTree.Root, "README.md"));
        var start = readme.IndexOf("## Configuration", StringComparison.Ordinal);
        var rows = readme[start..readme.IndexOf("### Environment variables", start, StringComparison.Ordinal)].Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).ToList();

        var missing =
            from assembly in new[] { typeof(ChannelEngineOptions).Assembly, typeof(RedisOptions).Assembly, typeof(RealtimeHubOptions).Assembly }
            from options in assembly.GetTypes()
            let section = options.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
            where section is not null
            from setting in options.GetProperties().Where(p => p.SetMethod is { IsPublic: true })
            where !rows.Any(r => r.Contains($"`{section}:", StringComparison.Ordinal) && Names(r).Contains(setting.Name))
            select $"{section}:{setting.Name}";

        Assert.Empty(missing);
    }

    private static HashSet<string> Names(string row) => [.. row.Split([' ', '`', ':', '[', ']', '{', '}', ',', '|'])];
}
