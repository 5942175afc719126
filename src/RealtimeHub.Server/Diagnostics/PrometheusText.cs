using System.Globalization;
using System.Text;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>The Prometheus text format, version 0.0.4. Pure.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>A metric's name: dots become underscores, units are spelled out, counters end in total.</summary>
    public static string NameOf(string name, string? unit, bool isCounter)
    {
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        var text = LabelOf(name);
        text = text.EndsWith(suffix, StringComparison.Ordinal) ? text : text + suffix;
        return isCounter && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    public static string LabelOf(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    public static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Render(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var same in families.GroupBy(f => f.Name))
        {
            var first = same.First();
            text.Append(CultureInfo.InvariantCulture, $"# HELP {first.Name} {Escape(first.Help)}\n# TYPE {first.Name} {first.Type}\n");
            foreach (var (labels, series) in same.SelectMany(f => f.Series).OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                Append(text, first, labels, series);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, MetricFamily family, string labels, MetricSeries series)
    {
        var (value, count, buckets) = series.Read();
        var braced = labels.Length == 0 ? "" : $"{{{labels}}}";
        if (buckets.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{family.Name}{braced} {Number(value)}\n");
            return;
        }

        var comma = labels.Length == 0 ? "" : ",";
        foreach (var (bound, below) in buckets)
        {
            text.Append(CultureInfo.InvariantCulture, $"{family.Name}_bucket{{{labels}{comma}le=\"{Number(bound)}\"}} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{family.Name}_sum{braced} {Number(value)}\n{family.Name}_count{braced} {count}\n");
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
