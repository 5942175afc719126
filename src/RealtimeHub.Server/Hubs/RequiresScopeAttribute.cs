namespace RealtimeHub.Server.Hubs;

/// <summary>The scope that a hub method needs. Every hub method has one; <see cref="None"/> says that being connected is enough.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresScopeAttribute(string scope) : Attribute
{
    /// <summary>Being connected is enough.</summary>
    public const string None = "";

    public string Scope { get; } = scope;
}
