using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>Where metrics and traces are pushed.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Telemetry";

    /// <summary>An OTLP endpoint, gRPC or with <see cref="UseHttp"/> HTTP: <c>http://localhost:4317</c>. Default none.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>Whether the endpoint speaks HTTP with protobuf. Default false: gRPC.</summary>
    public bool UseHttp { get; set; }

    /// <summary>The share of publishes that are traced to their deliveries. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 0.01;
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
