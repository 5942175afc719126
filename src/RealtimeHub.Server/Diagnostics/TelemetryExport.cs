using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RealtimeHub.Engine;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>Pushes metrics and traces to an OTLP endpoint, if one is configured.</summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private const string ServiceName = "realtimehub";

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OtlpEndpoint is { } endpoint)
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(r => r.AddService(ServiceName))
                .AddMeter(EngineMetrics.MeterName)
                .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/metrics"))
                .Build();
            _traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(r => r.AddService(ServiceName))
                .SetSampler(SamplerOf(options.Value.TraceRatio))
                .AddSource(EngineMetrics.MeterName)
                .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/traces"))
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Stopping disposes, and so does the container; a provider takes it once only.
        Interlocked.Exchange(ref _metrics, null)?.Dispose();
        Interlocked.Exchange(ref _traces, null)?.Dispose();
    }

    // The web server's own activity around every request is of no source of ours and never sampled: below it the ratio decides, as it does without.
    private static ParentBasedSampler SamplerOf(double ratio)
    {
        var share = new TraceIdRatioBasedSampler(ratio);
        return new ParentBasedSampler(share, localParentNotSampled: share);
    }

    // Over HTTP the exporter takes a given endpoint as it is, so the signal's path is put on here.
    private void Configure(OtlpExporterOptions exporter, Uri endpoint, string path)
    {
        exporter.Protocol = options.Value.UseHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = options.Value.UseHttp ? new Uri($"{endpoint.ToString().TrimEnd('/')}/{path}") : endpoint;
    }
}
