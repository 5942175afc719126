namespace RealtimeHub.Engine.Cursors;

/// <summary>One decision about a cursor.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="UpTo">With a loss or a skip: the last offset passed over.</param>
/// <param name="HoldEnd">Its new hold end: up to there frames count as waiting since the limit was met; 0 while it was not.</param>
public readonly record struct CursorStep(StepKind Kind, long UpTo = 0, long HoldEnd = 0);
