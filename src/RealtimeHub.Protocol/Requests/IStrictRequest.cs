namespace RealtimeHub.Protocol.Requests;

/// <summary>A request whose unknown members are refused, not ignored.</summary>
public interface IStrictRequest;
