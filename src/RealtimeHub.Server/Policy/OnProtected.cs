namespace RealtimeHub.Server.Policy;

/// <summary>What the caller wants where its box meets an area that denies.</summary>
internal enum OnProtected
{
    /// <summary>The rest, with what is protected concealed.</summary>
    Conceal,

    /// <summary>A refusal (<c>on_protected: "deny"</c>).</summary>
    Deny,
}
