using Microsoft.Extensions.Options;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy;

/// <summary>The policy that is in force. Until it was read, and while it cannot be read, it denies. Thread-safe, but for <see cref="ReadAsync"/>, which has one caller at a time.</summary>
internal sealed class PolicyStore(IOptions<CareOptions> options, IHostEnvironment environment, ILogger<PolicyStore> logger)
{
    private const int MaxBytes = 64 << 20;

    private volatile PolicyDocument _current = PolicyDocument.Unreadable("It was not read yet.");

    /// <summary>Called after the policy changed, on the reading thread; running channels are decided on again here.</summary>
    public event Action<PolicyDocument>? Changed;

    public PolicyDocument Current => _current;

    public string Path { get; } = Resolve(options.Value.File, environment.ContentRootPath);

    /// <summary>Reads the file and puts it in force, if it says something new.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken) => Apply(await LoadAsync(cancellationToken));

    /// <summary>The same, but leaves things as they are if the file cannot be read; false then.</summary>
    public async Task<bool> TryReadAsync(CancellationToken cancellationToken)
    {
        var document = await LoadAsync(cancellationToken);
        if (document.IsReadable)
        {
            Apply(document);
        }

        return document.IsReadable;
    }

    /// <summary>Puts a policy in force.</summary>
    internal void Apply(PolicyDocument document)
    {
        var before = _current;
        if (document.Version == before.Version && document.Problem == before.Problem)
        {
            return;
        }

        if (document.IsReadable)
        {
            PolicyLog.PolicyRead(logger, document.Version, document.Areas.Count);
        }
        else
        {
            PolicyLog.PolicyUnreadable(logger, System.IO.Path.GetFileName(Path), document.Problem!);
        }

        _current = document;
        Changed?.Invoke(document);
    }

    private async Task<PolicyDocument> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(Path).Length > MaxBytes
                ? PolicyDocument.Unreadable($"It has more than {MaxBytes} bytes.")
                : PolicyReader.Read(await System.IO.File.ReadAllBytesAsync(Path, cancellationToken), options.Value.DenyResolution);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return PolicyDocument.Unreadable(e.Message);
        }
    }

    // A server that is started elsewhere still finds what was installed with it.
    private static string Resolve(string file, string contentRoot)
    {
        var path = System.IO.Path.GetFullPath(file, System.IO.Path.GetFullPath(contentRoot));
        var installed = System.IO.Path.GetFullPath(file, AppContext.BaseDirectory);
        return !System.IO.File.Exists(path) && System.IO.File.Exists(installed) ? installed : path;
    }
}
