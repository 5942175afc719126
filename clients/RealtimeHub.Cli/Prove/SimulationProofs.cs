using RealtimeHub.Cli.Simulation;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Cli.Prove;

/// <summary>Determinism of simulations: what the server computed, this machine computes as well, bit for bit.</summary>
internal static class SimulationProofs
{
    private const int Steps = 40;

    public static IReadOnlyList<Proof> All { get; } =
    [
        new("determinism", "P116", "The same recipe gives the same checksums here as there, at every step", (s, t) => CompareAsync(s, "gray-scott", t)),
        new("determinism", "P116", "So does one with random spikes", (s, t) => CompareAsync(s, "mycelium-turing", t)),
    ];

    private static async Task<string> CompareAsync(ProofSite site, string model, CancellationToken cancellationToken)
    {
        var request = new StreamSimulationRequest
        {
            Model = model,
            Seed = site.Time.GetUtcNow().ToUnixTimeMilliseconds() & 0xffff_ffff,
            GridSize = 48,
            Steps = Steps,
            StepsPerSecond = 200,
        };
        var states = new SortedDictionary<long, string>();
        await foreach (var item in site.Client.Simulation.StreamSimulationAsync(request, null, cancellationToken).ConfigureAwait(false))
        {
            if (item.Error is { } error)
            {
                throw new ProtocolErrorException(error);
            }

            if (item.Frame is { Type: SimulationTypes.State } frame && frame.Payload.To(RealtimeJsonContext.Default.SimulationState) is { } state)
            {
                states[state.Step] = state.Checksum;
            }
            else if (item.Frame is { Type: SimulationTypes.Complete } last && last.Payload.To(RealtimeJsonContext.Default.SimulationComplete) is { } complete)
            {
                states[complete.Step] = complete.Checksum;
                return Compare(states, complete.Recipe, cancellationToken);
            }
        }

        throw new DisprovedException("The run ended without saying how.");
    }

    private static string Compare(SortedDictionary<long, string> states, RunRecipe recipe, CancellationToken cancellationToken)
    {
        Simulator simulator;
        try
        {
            simulator = new Simulator(RunRecipes.ToScience(recipe), 1);
        }
        catch (MisuseException e)
        {
            throw new NotApplicableException(e.Message);
        }

        foreach (var (step, checksum) in states)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step > simulator.Step)
            {
                simulator.Advance((int)(step - simulator.Step));
            }

            ProofSite.Require(
                QuantisedField.Checksum(simulator.Fields, simulator.Recipe.Model.Observed) == checksum, $"Step {step} of {recipe.Model} with seed {recipe.Seed} differs.");
        }

        ProofSite.Require(states.Count >= Steps, $"Only {states.Count} of {Steps} steps came.");
        return $"{states.Count} checksums of {recipe.Model}, seed {recipe.Seed}";
    }
}
