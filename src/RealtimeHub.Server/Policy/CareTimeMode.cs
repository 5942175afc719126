namespace RealtimeHub.Server.Policy;

/// <summary>Of what time it is asked for; each has a permission of its own.</summary>
internal enum CareTimeMode
{
    Realtime,
    Historical,
    Forecast,
}
