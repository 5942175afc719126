using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>A model behind HTTP, see REMOTE.md: each attempt has its time-out, failures that may pass are repeated. Thread-safe.</summary>
internal sealed class RemoteClimateModel(HttpClient http, IOptions<ClimateModelOptions> options, TimeProvider clock, Func<double> random) : IClimateModel
{
    private const string Unknown = "remote";

    private volatile string _version = Unknown;

    /// <summary>The version that answered last.</summary>
    public string Version => _version;

    public async ValueTask<ModelAnswer> PredictAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(InferMessages.ToRequest(question), RealtimeJson.Options);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var answer = InferMessages.ToAnswer(question, await PostAsync(body, cancellationToken));
                if (question.Version is { } version && version != answer.Version)
                {
                    throw new ModelUnavailableException($"The remote model is {answer.Version}, not {version}.");
                }

                _version = answer.Version;
                return answer;
            }
            catch (Exception e) when (IsPassing(e, cancellationToken) && attempt < options.Value.RemoteRetries)
            {
                await Task.Delay(options.Value.RemoteBackoff * (1 << attempt) * (1 - (random() / 3)), clock, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or JsonException or InvalidDataException && !cancellationToken.IsCancellationRequested)
            {
                throw new ModelUnavailableException(Reason(e, attempt + 1), e);
            }
        }
    }

    // What a second attempt may mend: the way there and back, and a server that is busy or broken. Not an answer that makes no sense.
    private static bool IsPassing(Exception e, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && (e is OperationCanceledException or IOException
            || (e is HttpRequestException failure && failure.StatusCode is null or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout));

    private string Reason(Exception e, int attempts) => e is OperationCanceledException
        ? $"No answer within {options.Value.RemoteTimeout.TotalSeconds:0.###} s, {attempts} time(s)."
        : $"{e.Message} ({attempts} attempt(s))";

    private async Task<InferResponse> PostAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.RemoteTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.RemoteUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (options.Value.RemoteApiKey is { Length: > 0 } key)
        {
            request.Headers.Add("X-API-Key", key);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(options.Value.RemoteMaxBytes, either.Token);
        var bytes = await response.Content.ReadAsByteArrayAsync(either.Token);
        return JsonSerializer.Deserialize<InferResponse>(bytes, RealtimeJson.Options) ?? throw new InvalidDataException("The answer is null.");
    }
}
