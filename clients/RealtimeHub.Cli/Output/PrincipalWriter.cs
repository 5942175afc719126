using RealtimeHub.Protocol.Auth;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Cli.Output;

/// <summary>Shows who somebody is, and what it may do.</summary>
internal static class PrincipalWriter
{
    public static void Write(CliOutput output, PrincipalSummary principal)
    {
        if (output.IsJson)
        {
            output.Json(principal);
            return;
        }

        output.Data(DataTable.Of(
            ["who", "team", "roles", "scopes", "limits", "by", "until"],
            [
                [
                    principal.Id, principal.Team ?? "-", List(principal.Roles), List(principal.Scopes), principal.RateClass, principal.Scheme ?? "-",
                    principal.ExpiresAt is { } end ? UtcTimestampConverter.ToText(end) : "-",
                ],
            ]));
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "-" : string.Join(' ', names);
}
