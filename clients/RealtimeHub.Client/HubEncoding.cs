namespace RealtimeHub.Client;

/// <summary>How messages are encoded on the way; what they say is the same.</summary>
public enum HubEncoding
{
    /// <summary>Text: easy to look into.</summary>
    Json,

    /// <summary>Binary: smaller, and fields of numbers are not turned into text.</summary>
    MessagePack,
}
