using System.Diagnostics.CodeAnalysis;

namespace RealtimeHub.Server.Auth;

/// <summary>The origins of web pages, as browsers spell them.</summary>
internal static class Origin
{
    /// <summary>Brings an origin into the browsers' own spelling; false for anything else, <c>null</c> and wildcards included.</summary>
    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? origin)
    {
        origin = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant()
            : null;
        return origin is not null;
    }

    /// <summary>The origin of the page that makes a request; null for programs, which name none.</summary>
    public static string? Of(HttpRequest request) => request.Headers.Origin.Count == 0 ? null : request.Headers.Origin.ToString();
}
