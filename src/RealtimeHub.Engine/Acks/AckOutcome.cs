namespace RealtimeHub.Engine.Acks;

/// <summary>What became of an acknowledgement.</summary>
/// <param name="Acknowledged">Offsets that are acknowledged now.</param>
/// <param name="Unknown">Offsets that need none from this consumer.</param>
/// <param name="Floor">Everything up to here is settled.</param>
/// <param name="Unacknowledged">How many frames still wait.</param>
public sealed record AckOutcome(IReadOnlyList<long> Acknowledged, IReadOnlyList<long> Unknown, long Floor, int Unacknowledged);
