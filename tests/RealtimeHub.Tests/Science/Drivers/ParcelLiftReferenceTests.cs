using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class ParcelLiftReferenceTests
{
    // One end of a band is often the fine-step value itself, which is a trapezoidal sum at 1 hPa, rounded to 0.01.
    private const double FineStepError = 0.1;

    [Fact]
    public void Lift_lies_in_the_consensus_band_of_surface_based_CAPE_wherever_the_implementations_agree() =>
        AssertInBand("sb_cape", 112, profile => ParcelLift.Lift(profile.Thermo, Parcels.SurfaceBased(profile.Thermo)).Cape);

    [Fact]
    public void Lift_lies_in_the_consensus_band_of_surface_based_CIN_wherever_the_implementations_agree() =>
        AssertInBand("sb_cin", 146, profile => ParcelLift.Lift(profile.Thermo, Parcels.SurfaceBased(profile.Thermo)).Cin);

    [Fact]
    public void Lift_lies_in_the_consensus_band_of_most_unstable_CAPE_wherever_the_implementations_agree() =>
        AssertInBand("mu_cape", 104, profile => ParcelLift.Lift(profile.Thermo, Parcels.MostUnstable(profile.Thermo)).Cape);

    [Fact]
    public void Lift_equals_the_fine_step_reference_on_every_profile()
    {
        foreach (var profile in ReferenceCases.All)
        {
            var surface = ParcelLift.Lift(profile.Thermo, Parcels.SurfaceBased(profile.Thermo));
            var unstable = ParcelLift.Lift(profile.Thermo, Parcels.MostUnstable(profile.Thermo));

            AssertNear(profile, FineStepCape(profile, "sb"), surface.Cape, FineStepError);
            AssertNear(profile, profile.Expected("fine_step", "sb", "cin"), surface.Cin, 0.05);
            AssertNear(profile, FineStepCape(profile, "mu"), unstable.Cape, FineStepError);
            AssertNear(profile, profile.Expected("fine_step", "mu", "cin"), unstable.Cin, 0.05);
        }
    }

    // Without a value of its own the net is the whole of it.
    [Fact]
    public void Lift_equals_the_fine_step_reference_in_what_counts_negative_layers_only()
    {
        var compared = 0;
        foreach (var profile in ReferenceCases.All)
        {
            var expected = profile.Expected("fine_step", "sb", "cin_negative_only");
            if (!double.IsNaN(expected))
            {
                var ascent = ParcelLift.Lift(profile.Thermo, Parcels.SurfaceBased(profile.Thermo));

                AssertNear(profile, expected, ascent.NegativeCin, 0.05);
                compared++;
            }
        }

        Assert.True(compared > 50, $"Only {compared} profiles were compared.");
    }

    // 0.1 hPa: the fine-step levels are interpolated between nodes 1 hPa apart.
    [Fact]
    public void Lift_finds_the_levels_of_the_fine_step_reference()
    {
        foreach (var profile in ReferenceCases.All)
        {
            var ascent = ParcelLift.Lift(profile.Thermo, Parcels.SurfaceBased(profile.Thermo));

            AssertNear(profile, profile.Expected("fine_step", "sb", "lcl_hPa"), ascent.CondensationPressure / 100.0, 0.01);
            AssertNear(profile, profile.Expected("fine_step", "sb", "lfc_hPa"), ascent.FreeConvectionPressure / 100.0, 0.1);
            AssertNear(profile, profile.Expected("fine_step", "sb", "el_hPa"), ascent.EquilibriumPressure / 100.0, 0.1);
        }
    }

    // MetPy uses Romps' LCL and SHARPpy an iteration; 1 hPa is their spread (0.9 hPa at most) around Bolton's.
    [Fact]
    public void Lift_finds_the_LCL_of_all_three_implementations()
    {
        foreach (var profile in ReferenceCases.All)
        {
            var lcl = ParcelLift.Lift(profile.Thermo, Parcels.SurfaceBased(profile.Thermo)).CondensationPressure / 100.0;

            AssertNear(profile, profile.Expected("metpy", "lcl", "p_hPa"), lcl, 1.0);
            AssertNear(profile, profile.Expected("sharppy", "sb", "lcl_hPa"), lcl, 1.0);
        }
    }

    // MetPy puts the mixed parcel in place of the layer and SHARPpy counts from the parcel's own level: CIN of one profile can
    // differ by 50 J/kg between them, so that only the middle is held.
    [Fact]
    public void Lift_of_the_mixed_layer_has_the_CIN_of_SHARPpy_in_the_middle()
    {
        var differences = ReferenceCases.All
            .Select(profile => ParcelLift.Lift(profile.Thermo, Parcels.MixedLayer(profile.Thermo)).NegativeCin
                - profile.Expected("sharppy", "ml100", "cin"))
            .Where(difference => !double.IsNaN(difference))
            .Select(Math.Abs)
            .Order()
            .ToList();

        Assert.InRange(differences[differences.Count / 2], 0.0, 6.0);
    }

    // There is no fine-step value for this parcel and no band: the tolerance is the one of the other parcels, 3 % and 25 J/kg.
    [Fact]
    public void Lift_of_the_mixed_layer_lies_between_MetPy_and_SHARPpy_where_these_agree()
    {
        var compared = 0;
        foreach (var profile in ReferenceCases.All)
        {
            var metpy = profile.Expected("metpy", "ml100", "cape");
            var sharppy = profile.Expected("sharppy", "ml100", "cape");
            var (low, high) = (Math.Min(metpy, sharppy), Math.Max(metpy, sharppy));
            if (!(low > 0.0 && high - low < 0.25 * high))
            {
                continue;
            }

            var cape = ParcelLift.Lift(profile.Thermo, Parcels.MixedLayer(profile.Thermo)).Cape;

            Assert.True(cape >= (low * 0.97) - 25.0 && cape <= (high * 1.03) + 25.0, $"{profile.Id}: {cape}, {low} to {high}");
            compared++;
        }

        Assert.True(compared > 60, $"Only {compared} profiles were compared.");
    }

    internal static double FineStepCape(ReferenceCase profile, string parcel)
    {
        var positive = profile.Expected("fine_step", parcel, "cape_positive_only");
        return double.IsNaN(positive) ? profile.Expected("fine_step", parcel, "cape") : positive;
    }

    private static void AssertInBand(string quantity, int expectedCount, Func<ReferenceCase, double> compute)
    {
        var compared = 0;
        foreach (var profile in ReferenceCases.All)
        {
            if (profile.Consensus(quantity) is not var (low, high))
            {
                continue;
            }

            var value = compute(profile);

            Assert.True(
                value >= low - FineStepError && value <= high + FineStepError, $"{profile.Id}: {value}, band {low} to {high}");
            compared++;
        }

        Assert.Equal(expectedCount, compared);
    }

    private static void AssertNear(ReferenceCase profile, double expected, double actual, double tolerance) =>
        Assert.True(
            double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= tolerance,
            $"{profile.Id}: {actual} instead of {expected}.");
}
