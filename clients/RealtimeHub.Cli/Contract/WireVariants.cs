namespace RealtimeHub.Cli.Contract;

/// <summary>What makes a type a union: the member that says which variant it is, and the variants, named as the member that each sets.</summary>
internal sealed record WireVariants(string Discriminator, IReadOnlyList<string> Values);
