using System.Globalization;
using System.Text;
using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

/// <summary>How far the drivers are from three implementations on the reference profiles, as a markdown table.</summary>
internal static class AccuracyTable
{
    private static readonly WindVector PrescribedMotion = new(10.0, 0.0);

    public static string Markdown()
    {
        var text = new StringBuilder();
        AddBands(text);
        text.Append("\n| quantity | unit | implementation | profiles | bias | median | 95 % | largest |\n");
        text.Append("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
        AddParcel(text, "surface-based", "sb", profile => Parcels.SurfaceBased(profile.Thermo));
        AddParcel(text, "most unstable", "mu", profile => Parcels.MostUnstable(profile.Thermo));
        AddParcel(text, "mixed layer", "ml100", profile => Parcels.MixedLayer(profile.Thermo));
        AddLevels(text);
        AddWind(text);
        AddSteps(text);
        return text.ToString();
    }

    private static void AddBands(StringBuilder text)
    {
        text.Append("| quantity | profiles that agree | inside the band | inside, ±0.25 | largest distance outside |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: |\n");
        AddBand(text, "surface-based CAPE, J/kg", "sb_cape", profile => Lift(profile, Parcels.SurfaceBased(profile.Thermo)).Cape);
        AddBand(text, "surface-based CIN, J/kg", "sb_cin", profile => Lift(profile, Parcels.SurfaceBased(profile.Thermo)).Cin);
        AddBand(text, "most unstable CAPE, J/kg", "mu_cape", profile => Lift(profile, Parcels.MostUnstable(profile.Thermo)).Cape);
        AddBand(text, "LCL, hPa", "lcl_hPa", profile => Lift(profile, Parcels.SurfaceBased(profile.Thermo)).CondensationPressure / 100.0);
        AddBand(text, "SRH 0–3 km, Bunkers, m²/s²", "srh_0_3km_right_mover", profile => Srh(profile, null, 3000.0));
    }

    private static void AddParcel(StringBuilder text, string name, string member, Func<ReferenceCase, Parcel> parcel)
    {
        double Cape(ReferenceCase profile) => Lift(profile, parcel(profile)).Cape;
        double Cin(ReferenceCase profile) =>
            member == "ml100" ? Lift(profile, parcel(profile)).NegativeCin : Lift(profile, parcel(profile)).Cin;
        if (member != "ml100")
        {
            AddRow(text, $"CAPE, {name}", "J/kg", "fine-step", Cape, profile => ParcelLiftReferenceTests.FineStepCape(profile, member));
        }

        AddRow(text, $"CAPE, {name}", "J/kg", "MetPy", Cape, profile => MetPy(profile, member, "cape"));
        AddRow(text, $"CAPE, {name}", "J/kg", "SHARPpy", Cape, profile => profile.Expected("sharppy", member, "cape"));
        if (member != "ml100")
        {
            AddRow(text, $"CIN, {name}", "J/kg", "fine-step", Cin, profile => profile.Expected("fine_step", member, "cin"));
        }

        AddRow(text, $"CIN, {name}", "J/kg", "MetPy", Cin, profile => MetPy(profile, member, "cin"));
        AddRow(text, $"CIN, {name}", "J/kg", "SHARPpy", Cin, profile => profile.Expected("sharppy", member, "cin"));
    }

    private static void AddLevels(StringBuilder text)
    {
        ParcelAscent Ascent(ReferenceCase profile) => Lift(profile, Parcels.SurfaceBased(profile.Thermo));
        foreach (var (name, member, level) in ((string, string, Func<ReferenceCase, double>)[])
            [("LCL", "lcl", profile => Ascent(profile).CondensationPressure / 100.0),
            ("LFC", "lfc", profile => Ascent(profile).FreeConvectionPressure / 100.0),
            ("EL", "el", profile => Ascent(profile).EquilibriumPressure / 100.0)])
        {
            AddRow(text, name, "hPa", "fine-step", level, profile => profile.Expected("fine_step", "sb", member + "_hPa"));
            AddRow(text, name, "hPa", "MetPy", level, profile => profile.Expected("metpy", member, "p_hPa"));
            AddRow(text, name, "hPa", "SHARPpy", level, profile => profile.Expected("sharppy", "sb", member + "_hPa"));
        }
    }

    private static void AddWind(StringBuilder text)
    {
        foreach (var (name, top) in ((string, double)[])[("0_1km", 1000.0), ("0_3km", 3000.0)])
        {
            var shown = name == "0_1km" ? "SRH 0–1 km" : "SRH 0–3 km";
            AddRow(
                text, shown + ", motion (10, 0)", "m²/s²", "fine-step",
                profile => Srh(profile, PrescribedMotion, top),
                profile => profile.Expected("fine_step", $"srh_{name}_storm_10_0", "total"));
            AddRow(
                text, shown + ", Bunkers", "m²/s²", "fine-step",
                profile => Srh(profile, null, top),
                profile => profile.Expected("fine_step", $"srh_{name}_bunkers_npw_right", "total"));
            AddRow(
                text, shown + ", Bunkers", "m²/s²", "MetPy",
                profile => Srh(profile, null, top),
                profile => profile.Expected("metpy", $"srh_{name}", "total"));
            AddRow(
                text, shown + ", Bunkers", "m²/s²", "SHARPpy",
                profile => Srh(profile, null, top),
                profile => profile.Expected("sharppy", $"srh_{name}", "total"));
        }

        foreach (var (shown, implementation, name) in ((string, string, string)[])
            [("fine-step", "fine_step", "bunkers_npw"), ("MetPy", "metpy", "bunkers"), ("SHARPpy", "sharppy", "bunkers_npw")])
        {
            AddRow(
                text, "Bunkers right mover, length of the difference", "m/s", shown,
                profile => (StormMotion.Bunkers(profile.Wind).Right - profile.ExpectedWind(implementation, name, "right")).Speed,
                _ => 0.0);
        }
    }

    // What the length of the steps costs, against steps of 0.001.
    private static void AddSteps(StringBuilder text)
    {
        text.Append("\n| longest step in ln p | largest error of CAPE, J/kg | of CIN, J/kg | of the LFC, hPa |\n");
        text.Append("| ---: | ---: | ---: | ---: |\n");
        List<ParcelAscent> limits = [.. ReferenceCases.All.Select(profile => Surface(profile, 0.001))];
        foreach (var step in (double[])[0.025, 0.05, ParcelLift.LongestStep, 0.2, 0.5])
        {
            double cape = 0.0, cin = 0.0, lfc = 0.0;
            foreach (var (ascent, limit) in ReferenceCases.All.Select(profile => Surface(profile, step)).Zip(limits))
            {
                cape = Math.Max(cape, Math.Abs(ascent.Cape - limit.Cape));
                cin = Math.Max(cin, Math.Abs(ascent.Cin - limit.Cin));
                var difference = Math.Abs(ascent.FreeConvectionPressure - limit.FreeConvectionPressure) / 100.0;
                lfc = double.IsNaN(difference) ? lfc : Math.Max(lfc, difference);
            }

            var shown = step == ParcelLift.LongestStep ? "**0.1**, as used" : step.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"| {shown} | {cape:0.000} | {cin:0.000} | {lfc:0.000} |\n");
        }
    }

    private static ParcelAscent Surface(ReferenceCase profile, double longestStep) =>
        ParcelLift.Lift(profile.Thermo, Parcels.SurfaceBased(profile.Thermo), longestStep);

    private static ParcelAscent Lift(ReferenceCase profile, in Parcel parcel) => ParcelLift.Lift(profile.Thermo, parcel);

    private static double Srh(ReferenceCase profile, WindVector? motion, double top) =>
        StormRelativeHelicity.Compute(profile.Wind, motion ?? StormMotion.Bunkers(profile.Wind).Right, top).Total;

    private static double MetPy(ReferenceCase profile, string member, string name) =>
        member != "ml100" && profile.IsMetPyDegenerate(member) ? double.NaN : profile.Expected("metpy", member, name);

    private static void AddBand(StringBuilder text, string shown, string quantity, Func<ReferenceCase, double> compute)
    {
        int agreed = 0, inside = 0, near = 0;
        var worst = 0.0;
        foreach (var profile in ReferenceCases.All)
        {
            if (profile.Consensus(quantity) is not var (low, high))
            {
                continue;
            }

            var value = compute(profile);
            var outside = Math.Max(Math.Max(low - value, value - high), 0.0);
            agreed++;
            inside += outside <= 0.005 ? 1 : 0;
            near += outside <= 0.25 ? 1 : 0;
            worst = Math.Max(worst, outside);
        }

        text.Append(CultureInfo.InvariantCulture, $"| {shown} | {agreed} | {inside} | {near} | {worst:0.00} |\n");
    }

    private static void AddRow(
        StringBuilder text,
        string quantity,
        string unit,
        string implementation,
        Func<ReferenceCase, double> ours,
        Func<ReferenceCase, double> theirs)
    {
        List<double> differences =
            [.. ReferenceCases.All.Select(profile => ours(profile) - theirs(profile)).Where(difference => !double.IsNaN(difference))];
        List<double> sizes = [.. differences.Select(Math.Abs).Order()];
        // Rounded first, and without the sign of a zero.
        var bias = Math.Round(differences.Sum() / differences.Count, 2) + 0.0;
        text.Append(
            CultureInfo.InvariantCulture,
            $"| {quantity} | {unit} | {implementation} | {sizes.Count} | {bias:0.00} | {sizes[sizes.Count / 2]:0.00} "
            + $"| {sizes[(int)(0.95 * (sizes.Count - 1))]:0.00} | {sizes[^1]:0.00} |\n");
    }
}
