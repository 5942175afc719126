namespace RealtimeHub.Client.Transport;

/// <summary>What every request of this client says about itself.</summary>
internal static class ClientHeaders
{
    public const string ApiKey = "X-API-Key";

    public static readonly string UserAgent =
        $"RealtimeHub.Client/{typeof(ClientHeaders).Assembly.GetName().Version?.ToString(3)}";
}
