using Microsoft.AspNetCore.WebUtilities;

namespace RealtimeHub.Server.Auth;

/// <summary>The credentials of a request's URL, taken out of it before anything else can see or log them.</summary>
internal sealed class QueryCredentials
{
    private const string Redacted = "redacted";

    private static readonly HashSet<string> Names =
        new(["access_token", "api_key", "apikey", "token", "ticket", "signature", "nonce"], StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Moves the credentials of a URL to where only the schemes look.</summary>
    public static void TakeFrom(HttpContext context)
    {
        var request = context.Request;
        if (!request.QueryString.HasValue)
        {
            return;
        }

        QueryCredentials? taken = null;
        var rest = new List<KeyValuePair<string, string?>>();
        foreach (var (name, values) in QueryHelpers.ParseQuery(request.QueryString.Value))
        {
            if (Names.Contains(name))
            {
                taken ??= new QueryCredentials();
                taken._values[name] = values.ToString();
                rest.Add(new(name, Redacted));
            }
            else
            {
                rest.AddRange(values.Select(v => new KeyValuePair<string, string?>(name, v)));
            }
        }

        if (taken is not null)
        {
            context.Features.Set(taken);
            request.QueryString = QueryString.Create(rest);
        }
    }
}
