namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>One decoded time step; the digest tells datasets apart, also two states of the same store.</summary>
internal readonly record struct FieldStepKey(string Digest, string Variable, int StoreTimeIndex);
