using System.CommandLine;
using RealtimeHub.Cli.Credentials;
using RealtimeHub.Client;
using RealtimeHub.Client.Connections;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub logout</c>: ends a kept session, and forgets the credential.</summary>
internal static class LogoutCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Command("logout", "Forget the credential of a server; a session is ended there.");
        runner.Attach(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = CredentialBook.NameOf(context.Url);
        if (CredentialFile.Find(context.Host.GetEnvironmentVariable) is not { } file || !file.Read().Servers.TryGetValue(name, out var kept))
        {
            context.Out.Note($"No credential is kept for {name}.");
            return ExitCodes.Done;
        }

        file.Write(file.Read().Without(context.Url));
        if (kept.Kind == StoredCredential.Session)
        {
            await EndAsync(context, kept, cancellationToken).ConfigureAwait(false);
        }

        context.Out.Note($"Logged out of {name}.");
        return ExitCodes.Done;
    }

    private static async Task EndAsync(CommandContext context, StoredCredential session, CancellationToken cancellationToken)
    {
        try
        {
            var client = new RealtimeClient(context.Options with { ApiKey = null, Credential = session.ToCredential() });
            await using var closing = client.ConfigureAwait(false);
            await client.Account.EndSessionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ProtocolErrorException)
        {
            // It has ended before.
        }
        catch (RealtimeConnectionException e)
        {
            context.Out.Note($"The session could not be ended on the server and lives until it expires: {e.Message}");
        }
    }
}
