using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeHub.Server.Policy;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Policy;

/// <summary>What operators see of decisions tells no place that somebody asked for, and errors tell no area.</summary>
public sealed class CareSecrecyTests
{
    [Fact]
    public async Task P165_logs_and_metrics_of_decisions_tell_no_place()
    {
        var logs = new Collector();
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Logging:LogLevel:RealtimeHub.Server.Policy"] = "Trace" },
            configure: host => host.ConfigureLogging(l => l.AddProvider(logs)));
        var tags = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => own.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, _, values, _) =>
        {
            if (instrument.Name.StartsWith("care.", StringComparison.Ordinal) || instrument.Name.StartsWith("sovereignty.", StringComparison.Ordinal))
            {
                tags.Add($"{instrument.Name} {string.Join(' ', values.ToArray().Select(t => $"{t.Key}={t.Value}"))}");
            }
        });
        listener.Start();
        var decider = server.Services.GetRequiredService<CareDecider>();

        foreach (var (latitude, longitude) in new[] { (39.3351, -95.8402), (39.7013, -95.6604), (38.4407, -96.5509) })
        {
            decider.Decide(PolicyBench.Ask(new CarePlace.Point(latitude, longitude), CareKind.Point));
        }

        Assert.Contains(logs.Messages, m => m.Contains("CARE_POLICY_VIOLATION", StringComparison.Ordinal));
        Assert.Contains(tags, t => t == "care.masking.events kind=point outcome=deny");
        Assert.Contains(tags, t => t == "sovereignty.flagged_regions policy=INDIGENOUS-DATA-PROTECTION");
        Assert.All(logs.Messages.Concat(tags), m => Assert.All(new[] { "39.3", "95.8", "39.7", "95.6", "38.4", "96.5", "Kickapoo", "Potawatomi" }, p => Assert.DoesNotContain(p, m, StringComparison.Ordinal)));
    }

    [Fact]
    public void P165_refusals_and_notes_name_a_policy_and_never_an_area_or_a_place()
    {
        var bench = new PolicyBench();
        var names = bench.Policies.Current.Areas.Select(a => a.Name).Concat(bench.Policies.Current.Areas.Select(a => a.Authority)).Distinct().ToList();
        var places = from x in Gen.Choose(0, 10_000) from y in Gen.Choose(0, 10_000) select (X: -102.4 + (8.2 * x / 10_000.0), Y: 36.6 + (3.8 * y / 10_000.0));

        Properties.Hold(places.ToArbitrary(), place =>
        {
            var decision = bench.Decider.Decide(PolicyBench.Ask(new CarePlace.Point(place.Y, place.X), CareKind.Point));
            var told = string.Join(' ', [decision.Refusal?.Message, decision.Refusal?.Details?.Limit, decision.DecisionId, .. decision.Care.Notes]);

            Assert.All(names, n => Assert.DoesNotContain(n, told, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(place.X.ToString("F2", CultureInfo.InvariantCulture), told, StringComparison.Ordinal);
        });
    }

    private sealed class Collector : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("RealtimeHub.Server.Policy", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
