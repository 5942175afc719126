namespace RealtimeHub.Engine.Acks;

/// <summary>Identifies a consumer: whoever acknowledges under one name, over any number of connections.</summary>
/// <param name="User">The principal's id.</param>
/// <param name="Name">The consumer's name.</param>
public readonly record struct ConsumerKey(string User, string Name);
