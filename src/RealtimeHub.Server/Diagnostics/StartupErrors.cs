using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>Turns what keeps the server from starting into a sentence.</summary>
internal static class StartupErrors
{
    /// <summary>Runs the server; a setting that is wrong, or a port that is taken, ends it with a sentence and exit code 1.</summary>
    public static async Task<int> ExplainAsync(Func<Task> runAsync)
    {
        try
        {
            await runAsync();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            foreach (var failure in exception.Failures)
            {
                await Console.Error.WriteLineAsync($"RealtimeHub cannot start: {failure}");
            }

            return 1;
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"RealtimeHub cannot start: {exception.Message} Stop what listens there, or choose another address with --urls.");
            return 1;
        }
    }
}
