using Microsoft.Extensions.Logging;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

/// <summary>Keeps the messages that a class logs. Thread-safe.</summary>
internal sealed class CapturedLog<T> : ILogger<T>
{
    private readonly List<string> _messages = [];

    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_messages)
        {
            _messages.Add($"{eventId.Name}: {formatter(state, exception)}");
        }
    }
}
