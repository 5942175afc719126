using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Hubs;

namespace RealtimeHub.Cli.Output;

/// <summary>Says when a connection breaks and comes back.</summary>
internal sealed class ConnectionWriter
{
    private readonly CliOutput _output;
    private bool _wasBroken;

    private ConnectionWriter(CliOutput output) => _output = output;

    public static void Attach(HubClient client, CliOutput output)
    {
        var writer = new ConnectionWriter(output);
        client.StateChanged += (_, e) => writer.Write(e);
        client.ErrorOccurred += (_, e) => writer.Write(e.Error);
    }

    private void Write(ConnectionStateChangedEventArgs change)
    {
        switch (change.State)
        {
            case ConnectionState.Reconnecting:
                _wasBroken = true;
                var cause = change.Control is { } control ? $" {control.Reason} ({control.Code})" : "";
                _output.Note($"The connection broke.{cause} Attempt {change.Attempt} in {change.Delay.TotalSeconds:0.0} s.");
                break;
            case ConnectionState.Connected when _wasBroken:
                _wasBroken = false;
                _output.Note("Connected again.");
                break;
            default:
                return;
        }

        if (_output.IsJson)
        {
            _output.Json(new ConnectionLine(
                "connection",
                change.State == ConnectionState.Connected ? "connected" : "reconnecting",
                change.Attempt == 0 ? null : change.Attempt,
                change.Attempt == 0 ? null : (long)change.Delay.TotalMilliseconds,
                change.Control?.Code));
        }
    }

    // A broken connection is told above; here is what the server or the program itself complains about.
    private void Write(Exception error)
    {
        if (error is ProtocolErrorException refusal)
        {
            _output.Note($"The server says: {refusal.Error.Message} ({refusal.Error.Code})");
        }
        else if (error is not RealtimeConnectionException)
        {
            _output.Note($"{error.GetType().Name}: {error.Message}");
        }
    }

    private sealed record ConnectionLine(string Kind, string State, int? Attempt, long? DelayMs, string? Code);
}
