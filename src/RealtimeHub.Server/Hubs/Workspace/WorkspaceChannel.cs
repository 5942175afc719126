using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>The names of workspace channels: a kind and an id, exactly two parts, both trimmed before anything else.</summary>
internal static class WorkspaceChannel
{
    private static readonly HashSet<string> Kinds = [WorkspaceFamily.Spec.Name, WorkspaceFamily.Agent.Name, WorkspaceFamily.Team.Name];

    /// <summary>The name without blanks; null if it is none. A name that is none is refused like one of another team.</summary>
    public static string? Normalise(string? text)
    {
        var parts = (text ?? "").Split(':');
        return parts.Length == 2 && Kinds.Contains(parts[0].Trim()) && ChannelName.TryParse($"{parts[0].Trim()}:{parts[1].Trim()}", out var name, out _)
            ? name.Value
            : null;
    }

    /// <summary>What is said of a name that is none.</summary>
    public static ProtocolError Refusal(string? text) => ErrorCodes.ChannelForbidden.With(
        "Channel access denied: a workspace channel is spec:{id}, agent:{id} or team:{id}.",
        new FieldError("channel", "This is no workspace channel.", FieldError.Preview(text ?? ""), "spec:{id}, agent:{id}, team:{id}"));
}
