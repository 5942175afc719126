using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>Asks the remote model, and the embedded one where that does not answer. Thread-safe.</summary>
/// <remarks>Whichever answers is named in the answer, so no frame passes one for the other. After a failure the remote one is left alone for a while.</remarks>
internal sealed class FallbackClimateModel(
    IClimateModel remote, IClimateModel embedded, IOptions<ClimateModelOptions> options, TimeProvider clock, ILogger<FallbackClimateModel> logger)
    : IClimateModel
{
    private readonly Lock _gate = new();
    private DateTimeOffset _restsUntil;
    private bool _isAway;

    public string Version => IsResting ? embedded.Version : remote.Version;

    private bool IsResting
    {
        get
        {
            lock (_gate)
            {
                return clock.GetUtcNow() < _restsUntil;
            }
        }
    }

    public async ValueTask<ModelAnswer> PredictAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        if (question.Version == embedded.Version)
        {
            return await embedded.PredictAsync(question, cancellationToken);
        }

        if (question.Version is not null)
        {
            // A recipe names who has to answer; another's answer would prove nothing.
            return await remote.PredictAsync(question, cancellationToken);
        }

        if (!IsResting)
        {
            try
            {
                var answer = await remote.PredictAsync(question, cancellationToken);
                Answered();
                return answer;
            }
            catch (ModelUnavailableException e) when (options.Value.Fallback)
            {
                Failed(e);
            }
        }

        return await embedded.PredictAsync(question, cancellationToken);
    }

    private void Answered()
    {
        lock (_gate)
        {
            if (!_isAway)
            {
                return;
            }

            _isAway = false;
        }

        ClimateModelLog.RemoteModelBack(logger, remote.Version);
    }

    private void Failed(ModelUnavailableException cause)
    {
        lock (_gate)
        {
            _restsUntil = clock.GetUtcNow() + options.Value.RemoteCoolDown;
            if (_isAway)
            {
                return;
            }

            _isAway = true;
        }

        ClimateModelLog.RemoteModelAway(logger, cause.Message, embedded.Version);
    }
}
