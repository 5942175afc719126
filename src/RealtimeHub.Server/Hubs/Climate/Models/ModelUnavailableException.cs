namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>A model that cannot answer: it is away, too slow, says nonsense, or is of another version.</summary>
internal sealed class ModelUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
