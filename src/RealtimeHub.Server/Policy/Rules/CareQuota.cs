using System.Globalization;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy.Rules;

/// <summary>How much of a place one may ask for at once, by its area and the class of its variables.</summary>
/// <remarks>
/// No counter and no clock: the same rate class, place, variables and interval get the same answer every time. How many requests a token
/// makes is limited elsewhere.
/// </remarks>
internal static class CareQuota
{
    private const double KmPerDegree = 111.32;
    private const double SecondsOfOneRequest = 60;
    private const double MinKm2 = 1;

    /// <summary>The refusal; null if it is within the quota.</summary>
    public static ProtocolError? Check(CareRequest request, bool isProtectedPlace, string policy, CareOptions options) =>
        Check(new QuotaDemand(request.Principal.RateClass, request.Place.Bounds, request.Variables, request.IntervalSeconds), isProtectedPlace, policy, options);

    /// <summary>The same of something that no source is asked for.</summary>
    public static ProtocolError? Check(QuotaDemand demand, bool isProtectedPlace, string policy, CareOptions options)
    {
        var weight = demand.Variables.Sum(v => options.SensitiveVariables.Contains(v, StringComparer.Ordinal) ? options.SensitiveWeight : 1)
            * (isProtectedPlace ? options.ProtectedPlaceWeight : 1);
        var quota = options.Quotas.TryGetValue(demand.RateClass, out var own) ? own : options.Quotas.Values.Min();
        var amount = Math.Max(MinKm2, AreaKm2(demand.Place)) * weight;
        var shortest = amount / quota;
        if (shortest <= (demand.IntervalSeconds ?? SecondsOfOneRequest))
        {
            return null;
        }

        var limit = string.Create(
            CultureInfo.InvariantCulture, $"{quota:0} km² × variables per second for the rate class {demand.RateClass}; this asks for {amount:0} at once, so one every {Math.Ceiling(shortest)} s");
        var message = isProtectedPlace ? "Request throttled due to sensitive geography." : "Request throttled: its area and variables are more than the rate class allows.";
        return ErrorCodes.CareThrottled.With(message) with
        {
            Details = new ErrorDetails { Policy = policy, Action = "throttle", Limit = limit },
        };
    }

    public static double AreaKm2(GeoBox box) =>
        (box.North - box.South) * KmPerDegree * (box.East - box.West) * KmPerDegree * Math.Cos((box.North + box.South) / 2 * Math.PI / 180);
}
