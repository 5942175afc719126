namespace RealtimeHub.Cli.Bench;

/// <summary>One figure.</summary>
/// <param name="Scenario">What was going on.</param>
/// <param name="What">What is measured.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Required">What it should be; null where nothing is required.</param>
/// <param name="Passed">Whether it is; null where nothing is required.</param>
internal sealed record BenchRow(string Scenario, string What, double Value, string Unit, string? Required = null, bool? Passed = null);
