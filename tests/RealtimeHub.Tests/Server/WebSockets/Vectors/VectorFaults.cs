using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Auth.Sessions;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.WebSockets.Vectors;

/// <summary>The sessions that the workspace vectors name, and their stores that fail.</summary>
internal static class VectorFaults
{
    public static Action<IWebHostBuilder>? Of(VectorCase vector) => vector.System != "kata" || !vector.Id.StartsWith("kata-auth", StringComparison.Ordinal) ? null : host =>
        host.ConfigureTestServices(services =>
        {
            var fault = vector.Data.TryGetProperty("fault", out var f) ? f.GetString() : null;
            services.AddSingleton<ISessionStore>(new Sessions(fault == "session_store"));
            if (fault == "api_key_store")
            {
                services.Insert(0, ServiceDescriptor.Singleton<ICredentialScheme, Broken>());
            }
        });

    private sealed class Sessions(bool isBroken) : ISessionStore
    {
        private static readonly Lazy<Dictionary<string, string>> Known = new(Read);

        public ValueTask<Session?> FindAsync(string hash, CancellationToken cancellationToken) => isBroken
            ? throw new InvalidOperationException("The store is away.")
            : ValueTask.FromResult(Known.Value.TryGetValue(hash, out var expires)
                ? new Session(new Principal("u1", "team-1", [], ["workspace:read"], "standard"), expires, "session", default)
                : null);

        public ValueTask<bool> TryAddAsync(string hash, Session session, CancellationToken cancellationToken) => ValueTask.FromResult(false);

        public ValueTask RemoveAsync(string hash, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        private static Dictionary<string, string> Read()
        {
            using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(WorkTree.Root, "tests", "vectors", "kata", "auth-upgrade.json")));
            return file.RootElement.GetProperty("context").GetProperty("sessions").EnumerateObject()
                .ToDictionary(s => SecretText.Hash(s.Name), s => s.Value.GetProperty("expiresAt").GetString()!);
        }
    }

    private sealed class Broken : ICredentialScheme
    {
        public ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
            context.Request.Headers.ContainsKey("X-API-Key") ? throw new InvalidOperationException("The store is away.") : ValueTask.FromResult(CredentialOutcome.None);
    }
}
