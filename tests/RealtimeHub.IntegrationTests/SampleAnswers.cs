using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.IntegrationTests;

/// <summary>Stands in for what hub methods do: keeps what they were called with, and answers with samples. Thread-safe.</summary>
internal sealed class SampleAnswers(Func<string, string, IReadOnlyList<JsonNode>> answers) : IHubFilter
{
    private readonly ConcurrentQueue<(string Method, JsonElement Argument)> _taken = new();

    /// <summary>What the methods were called with: requests, and items of uploads, as the contract spells what was read.</summary>
    public IReadOnlyCollection<(string Method, JsonElement Argument)> Taken => _taken;

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        foreach (var argument in context.HubMethodArguments)
        {
            await TakeAsync(context.HubMethodName, argument);
        }

        var hub = context.Hub.GetType().Name[..^"Hub".Length];
        var type = context.HubMethod.ReturnType.GetGenericArguments()[0];
        var values = answers(hub, context.HubMethodName).Select(a => a.Deserialize(RealtimeJson.Options.GetTypeInfo(type))).ToList();
        return context.HubMethod.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            ? ((IStreams)Activator.CreateInstance(typeof(Streams<>).MakeGenericType(type))!).Of(values)
            : values[0];
    }

    private async Task TakeAsync(string method, object? argument)
    {
        if (argument?.GetType().GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } upload)
        {
            await ((IStreams)Activator.CreateInstance(typeof(Streams<>).MakeGenericType(upload.GetGenericArguments()))!).ReadAsync(argument, i => Take(method, i));
        }
        else if (argument is not null and not CancellationToken)
        {
            Take(method, argument);
        }
    }

    private void Take(string method, object argument) =>
        _taken.Enqueue((method, JsonSerializer.SerializeToElement(argument, RealtimeJson.Options.GetTypeInfo(argument.GetType()))));

    private interface IStreams
    {
        object Of(IEnumerable<object?> items);

        Task ReadAsync(object stream, Action<object> onItem);
    }

    private sealed class Streams<T> : IStreams
    {
        public object Of(IEnumerable<object?> items) => items.Cast<T>().ToAsyncEnumerable();

        public async Task ReadAsync(object stream, Action<object> onItem)
        {
            await foreach (var item in (IAsyncEnumerable<T>)stream)
            {
                onItem(item!);
            }
        }
    }
}
