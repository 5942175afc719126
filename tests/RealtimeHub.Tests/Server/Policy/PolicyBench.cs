using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Masks;

namespace RealtimeHub.Tests.Server.Policy;

/// <summary>A decider with a policy of the test's own, or the bundled one, and sources to ask it about.</summary>
internal sealed class PolicyBench
{
    public static readonly Principal Reader = new("reader", null, [], ["climate:read", "xai:read"], "standard");

    /// <summary>Kansas at 0.1°, as the surface fields are.</summary>
    public static readonly FieldGrid Kansas = Regular(36.6, 40.4, -102.4, -94.2, 0.1);

    public static readonly GeoBox KansasBox = new(-101.0, 36.9, -94.6, 40.1);

    public PolicyBench(PolicyDocument? document = null, CareOptions? options = null)
    {
        Options = options ?? new CareOptions();
        var wrapped = Microsoft.Extensions.Options.Options.Create(Options);
        Policies = new PolicyStore(wrapped, new Folder(), NullLogger<PolicyStore>.Instance);
        Policies.Apply(document ?? Bundled(Options.DenyResolution));
        Decider = new CareDecider(Policies, new MaskCache(), new CareMetrics(new Meters()), wrapped, NullLogger<CareDecider>.Instance);
    }

    public CareOptions Options { get; }

    public PolicyStore Policies { get; }

    public CareDecider Decider { get; }

    public static PolicyDocument Bundled(int denyResolution = 5) =>
        PolicyReader.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data/policy/protected-areas.geojson")), denyResolution);

    /// <summary>A policy of boxes.</summary>
    public static PolicyDocument Of(params (string Rule, int Resolution, GeoBox Box)[] areas) =>
        PolicyReader.Read(Encoding.UTF8.GetBytes(Json(areas)), 5) is { IsReadable: true } policy ? policy : throw new ArgumentException("The test's policy cannot be read.");

    /// <summary>The file of such a policy.</summary>
    public static string Json(params (string Rule, int Resolution, GeoBox Box)[] areas)
    {
        var features = areas.Select((a, i) => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"Feature","properties":{"name":"Area {{{i}}}","authority":"Authority {{{i}}}","policy":"POLICY-{{{i}}}","kind":"natural","rule":"{{{a.Rule}}}","h3_resolution":{{{a.Resolution}}}},"geometry":{"type":"Polygon","coordinates":[[[{{{a.Box.West}}},{{{a.Box.South}}}],[{{{a.Box.East}}},{{{a.Box.South}}}],[{{{a.Box.East}}},{{{a.Box.North}}}],[{{{a.Box.West}}},{{{a.Box.North}}}],[{{{a.Box.West}}},{{{a.Box.South}}}]]]}}"""));
        return $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";
    }

    public static FieldGrid Regular(double south, double north, double west, double east, double step)
    {
        var latitudes = Enumerable.Range(0, (int)Math.Round((north - south) / step) + 1).Select(i => south + (i * step)).ToArray();
        var longitudes = Enumerable.Range(0, (int)Math.Round((east - west) / step) + 1).Select(i => west + (i * step)).ToArray();
        return new FieldGrid(FieldGridKind.Regular, latitudes.Length, longitudes.Length, latitudes, longitudes, null);
    }

    public static CareRequest Ask(CarePlace place, CareKind kind = CareKind.Fields) => new()
    {
        Principal = Reader,
        Kind = kind,
        Place = place,
        Variables = ["t2m"],
        TimeMode = CareTimeMode.Realtime,
        Grid = Kansas,
    };

    public static CareRequest AskBox(double west, double south, double east, double north, CareKind kind = CareKind.Fields) =>
        Ask(new CarePlace.Box(new GeoBox(west, south, east, north)), kind);

    /// <summary>A value per point that tells which point it is.</summary>
    public static float[] Telling(FieldGrid grid) => [.. Enumerable.Range(0, grid.Points).Select(i => 250f + (i * 0.0137f % 37f) + (i % 7))];

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }

    private sealed class Folder : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Testing";

        public string ApplicationName { get; set; } = "Tests";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
