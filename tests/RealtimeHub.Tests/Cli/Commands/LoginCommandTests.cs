using System.Runtime.Versioning;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli.Commands;

[UnsupportedOSPlatform("windows")]
public sealed class LoginCommandTests : IDisposable
{
    private const string Key = "desk-key-of-the-tests";

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("login").FullName, "rthub");

    private string Kept => Path.Combine(_folder, "credentials.json");

    private Dictionary<string, string> Environment => new() { ["RTHUB_CONFIG"] = _folder };

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task Login_keeps_a_key_that_only_the_owner_can_read_and_the_other_commands_use_it()
    {
        await using var server = HubServer.Start(keys: [("desk", Key, "events:read events:write")]);

        var login = await CliRun.ToEndAsync(null, ["login", "--url", server.Uri.ToString()], Key + "\n", Environment);
        var who = await CliRun.ToEndAsync(null, ["whoami", "--json"], environment: Environment);
        var elsewhere = await CliRun.ToEndAsync(server.Uri, ["whoami"], environment: new Dictionary<string, string>());
        var logout = await CliRun.ToEndAsync(null, ["logout"], environment: Environment);
        var after = await CliRun.ToEndAsync(server.Uri, ["whoami"], environment: Environment);

        Assert.True(login.Code == 0, login.Error);
        Assert.DoesNotContain(Key, login.Output + login.Error, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"desk\"", who.Output, StringComparison.Ordinal);
        Assert.Contains("does not know the API key", elsewhere.Error, StringComparison.Ordinal);
        Assert.Equal((0, 1), (logout.Code, after.Code));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        Assert.DoesNotContain(Key, await File.ReadAllTextAsync(Kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_with_a_session_keeps_no_key_and_logout_ends_the_session()
    {
        await using var server = HubServer.Start(keys: [("desk", Key, "events:read")]);
        await CliRun.ToEndAsync(null, ["login", "--session", "--url", server.Uri.ToString(), "--api-key", Key], environment: Environment);
        var kept = await File.ReadAllTextAsync(Kept);

        var list = await CliRun.ToEndAsync(null, ["channels", "list"], environment: Environment);
        var who = await CliRun.ToEndAsync(null, ["whoami", "--json"], environment: Environment);
        await CliRun.ToEndAsync(null, ["logout"], environment: Environment);
        await File.WriteAllTextAsync(Kept, kept);
        var after = await CliRun.ToEndAsync(null, ["whoami"], environment: Environment);

        Assert.DoesNotContain(Key, kept, StringComparison.Ordinal);
        Assert.True(list.Code == 0, list.Error);
        Assert.Contains("\"scheme\":\"session\"", who.Output, StringComparison.Ordinal);
        Assert.Equal(1, after.Code);
    }

    [Fact]
    public async Task Login_with_a_key_that_is_refused_keeps_nothing()
    {
        await using var server = HubServer.Start();

        var login = await CliRun.ToEndAsync(server.Uri, ["login"], "nobody-s-key", Environment);
        var empty = await CliRun.ToEndAsync(server.Uri, ["login"], "", Environment);

        Assert.Equal((1, 2), (login.Code, empty.Code));
        Assert.Contains("does not know the API key", login.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public async Task A_file_that_others_can_read_is_refused()
    {
        await using var server = HubServer.Start();
        await CliRun.ToEndAsync(server.Uri, ["login", "--api-key", HubServer.AdminKey], environment: Environment);
        File.SetUnixFileMode(Kept, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var result = await CliRun.ToEndAsync(server.Uri, ["whoami"], environment: Environment);

        Assert.Equal(2, result.Code);
        Assert.Contains("chmod 600", result.Error, StringComparison.Ordinal);
    }
}
