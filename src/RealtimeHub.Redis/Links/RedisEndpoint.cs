using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RealtimeHub.Redis.Links;

/// <summary>One Redis server, and how to speak to it.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Port">Its port.</param>
/// <param name="Database">The database.</param>
/// <param name="IsTls">Whether over TLS.</param>
/// <param name="User">A named user, which is refused.</param>
/// <param name="Password">The password.</param>
internal sealed record RedisEndpoint(string Host, int Port, int Database, bool IsTls, string? User, string? Password)
{
    private const int DefaultPort = 6379;
    private const int MaxDatabase = 15;

    /// <summary>What channels are spread by: the same on every node that writes the endpoint alike.</summary>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}/{Database}");

    /// <summary>Reads <c>host:port</c> or <c>redis[s]://[user][:password@]host[:port][/database]</c>.</summary>
    public static bool TryParse(
        string? text, RedisOptions options, [NotNullWhen(true)] out RedisEndpoint? endpoint, [NotNullWhen(false)] out string? problem)
    {
        endpoint = null;
        problem = null;
        var isUri = text?.Contains("://", StringComparison.Ordinal) == true;
        var address = isUri ? text : $"{(options.Tls ? "rediss" : "redis")}://{text}";
        if (string.IsNullOrWhiteSpace(text) || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            problem = "is no host:port and no redis[s]://[:password@]host[:port][/database].";
            return false;
        }

        if (uri.Scheme is not ("redis" or "rediss"))
        {
            problem = $"has the scheme '{uri.Scheme}'; it must be redis or rediss.";
            return false;
        }

        var path = uri.AbsolutePath.Trim('/');
        var database = options.Database;
        if (path.Length > 0 && (!int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database) || database > MaxDatabase))
        {
            problem = $"names the database '{path}'; it must be 0..{MaxDatabase}.";
            return false;
        }

        var parts = uri.UserInfo.Split(':', 2);
        endpoint = new RedisEndpoint(
            uri.Host,
            uri.Port > 0 ? uri.Port : DefaultPort,
            database,
            uri.Scheme == "rediss",
            parts[0].Length > 0 ? Uri.UnescapeDataString(parts[0]) : null,
            parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : options.Password);
        return true;
    }

    public override string ToString() => Name;
}
