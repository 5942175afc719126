namespace RealtimeHub.Science.Drivers;

/// <summary>Expected motions of supercells in one column.</summary>
/// <param name="Right">The right-moving one.</param>
/// <param name="Left">The left-moving one.</param>
/// <param name="Mean">The mean wind of the lowest 6 km.</param>
public readonly record struct BunkersMotion(WindVector Right, WindVector Left, WindVector Mean);
