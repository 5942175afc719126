using System.Reflection;
using Microsoft.Extensions.Logging;

namespace RealtimeHub.Tests.Layout;

public class LogEventsTests
{
    private static readonly string[] Assemblies = ["RealtimeHub.Protocol", "RealtimeHub.Engine", "RealtimeHub.Redis", "RealtimeHub.Server", "RealtimeHub.Client", "rthub"];

    private static readonly (MethodInfo Method, LoggerMessageAttribute Event)[] Events =
    [
        .. from assembly in Assemblies
           from type in Assembly.Load(assembly).GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select (method, message),
    ];

    [Fact]
    public void Every_log_event_has_its_own_id_and_name()
    {
        Assert.True(Events.Length > 10, "The log events were not found.");
        Assert.Empty(Events.GroupBy(e => e.Event.EventId).Where(g => g.Count() > 1).Select(Names));
        Assert.Empty(Events.GroupBy(e => e.Event.EventName).Where(g => g.Key is null || g.Count() > 1).Select(Names));
    }

    [Fact]
    public void Log_events_are_in_static_classes_called_Log() =>
        Assert.All(Events.Select(e => e.Method.DeclaringType!), t => Assert.True(t.IsAbstract && t.IsSealed && !t.IsGenericType && t.Name.EndsWith("Log", StringComparison.Ordinal), t.Name));

    private static string Names(IEnumerable<(MethodInfo Method, LoggerMessageAttribute Event)> group) =>
        string.Join(", ", group.Select(e => $"{e.Event.EventId} {e.Method.DeclaringType!.Name}.{e.Method.Name}"));
}
