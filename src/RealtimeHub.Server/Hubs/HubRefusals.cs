using System.Collections.Concurrent;
using System.Reflection;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Server.Hubs;

/// <summary>Puts an error into the result type of a hub method, whatever it is. Thread-safe.</summary>
internal static class HubRefusals
{
    private static readonly ConcurrentDictionary<MethodInfo, Func<ProtocolError, object?>> Makers = new();
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Readers = new();

    /// <summary>The method's own result with the error in it; null for a method without a result.</summary>
    public static object? Of(MethodInfo method, ProtocolError error) => Makers.GetOrAdd(method, MakerFor)(error);

    /// <summary>The error in a result; null if there is none.</summary>
    public static ProtocolError? ErrorIn(object? result) => result is null
        ? null
        : Readers.GetOrAdd(result.GetType(), static t => t.GetProperty("Error") is { } p && p.PropertyType == typeof(ProtocolError) ? p : null)?.GetValue(result) as ProtocolError;

    private static Func<ProtocolError, object?> MakerFor(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(IAsyncEnumerable<StreamItem>))
        {
            return error => Single(StreamService.Refused(error));
        }

        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Task<>))
        {
            return _ => null;
        }

        var result = type.GetGenericArguments()[0];
        var property = result.GetProperty("Error")
            ?? throw new InvalidOperationException($"{method.DeclaringType?.Name}.{method.Name} returns {result.Name}, which cannot carry an error.");
        return error =>
        {
            var refusal = Activator.CreateInstance(result)!;
            property.SetValue(refusal, error);
            return refusal;
        };
    }

    private static async IAsyncEnumerable<StreamItem> Single(StreamItem item)
    {
        yield return item;
        await Task.CompletedTask;
    }
}
