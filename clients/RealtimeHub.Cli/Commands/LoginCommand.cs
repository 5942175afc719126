using System.CommandLine;
using RealtimeHub.Cli.Credentials;
using RealtimeHub.Cli.Output;
using RealtimeHub.Client;
using RealtimeHub.Client.Credentials;
using RealtimeHub.Protocol.Auth;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub login</c>: asks the server who one is, and keeps the credential for the other commands.</summary>
internal sealed class LoginCommand
{
    private readonly Option<bool> _token = new("--token") { Description = "What is given is a bearer token, not an API key." };
    private readonly Option<bool> _session = new("--session")
    {
        Description = "Exchange it for a session and keep only that: it ends by itself, and with rthub logout.",
    };

    public static Command Create(CommandRunner runner)
    {
        var login = new LoginCommand();
        var command = new Command(
            "login", "Keep a credential for the other commands, in a file that only you can read. It comes from --api-key or standard input, and is asked for on a terminal.")
        {
            login._token, login._session,
        };
        runner.Attach(command, login.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var file = CredentialFile.Find(context.Host.GetEnvironmentVariable)
            ?? throw new MisuseException("There is no folder for credentials; name one with RTHUB_CONFIG.");
        var secret = await SecretAsync(context, cancellationToken).ConfigureAwait(false);
        var isToken = context.Parsed.GetValue(_token);
        var client = new RealtimeClient(context.Options with
        {
            ApiKey = isToken ? null : secret,
            Credential = isToken ? RealtimeCredential.Bearer(secret) : null,
        });
        await using var closing = client.ConfigureAwait(false);
        var (credential, principal) = context.Parsed.GetValue(_session)
            ? await ExchangeAsync(client, cancellationToken).ConfigureAwait(false)
            : await CheckAsync(client, isToken, secret, cancellationToken).ConfigureAwait(false);
        file.Write(file.Read().With(context.Url, credential));
        PrincipalWriter.Write(context.Out, principal);
        context.Out.Note($"Logged in to {CredentialBook.NameOf(context.Url)} as {principal.Id}; kept in {file.Path}.");
        if (context.Url is { Scheme: "http", IsLoopback: false })
        {
            context.Out.Note("Beware: over http everybody on the way can read the credential; use https.");
        }

        return ExitCodes.Done;
    }

    private async Task<string> SecretAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.GivenApiKey is { } given)
        {
            return given;
        }

        var what = context.Parsed.GetValue(_token) ? "Token" : "API key";
        var text = context.Host.AskSecret is { } ask ? ask($"{what} for {context.Url.Authority}: ") : await ReadLineAsync(context, cancellationToken).ConfigureAwait(false);
        return text?.Trim() is { Length: > 0 } secret && !secret.Any(char.IsWhiteSpace)
            ? secret
            : throw new MisuseException($"Standard input holds no {what}: one line, without blanks.");
    }

    private static async Task<string?> ReadLineAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Host.OpenInput());
        return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(StoredCredential Credential, PrincipalSummary Principal)> CheckAsync(
        RealtimeClient client, bool isToken, string secret, CancellationToken cancellationToken)
    {
        var principal = await client.Account.WhoAmIAsync(cancellationToken).ConfigureAwait(false);
        var kind = isToken ? StoredCredential.Token : StoredCredential.ApiKey;
        return (new StoredCredential(kind, secret, null, principal.Id, principal.ExpiresAt), principal);
    }

    private static async Task<(StoredCredential Credential, PrincipalSummary Principal)> ExchangeAsync(RealtimeClient client, CancellationToken cancellationToken)
    {
        var session = await client.Account.BeginSessionAsync(cancellationToken).ConfigureAwait(false);
        return (new StoredCredential(StoredCredential.Session, session.Secret, session.CookieName, session.Principal.Id, session.ExpiresAt), session.Principal);
    }
}
