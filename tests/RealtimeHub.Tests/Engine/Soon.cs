namespace RealtimeHub.Tests.Engine;

/// <summary>Awaits what must happen soon.</summary>
internal static class Soon
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task HappensAsync(Task what, string text)
    {
        try
        {
            await what.WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"This had not happened after {Limit.TotalSeconds} s: {text}.");
        }
    }
}
