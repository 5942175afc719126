using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Science.Climate;

namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>Turns questions and answers into what goes over HTTP, and back.</summary>
internal static class InferMessages
{
    private static readonly string[] FieldNames = ["t2m", "td2m", "r2m", "u10", "v10", "sp", "tskin", "orog"];
    private static readonly string[] FieldUnits = ["K", "K", "%", "m s-1", "m s-1", "Pa", "K", "m"];

    public static InferRequest ToRequest(ModelQuestion question)
    {
        var (grid, analysis) = (question.Grid, question.Analysis);
        int[] shape = [grid.LatitudesDegrees.Length, grid.LongitudesDegrees.Length];
        float[][] fields =
            [analysis.T2mK, analysis.Td2mK, analysis.R2mPercent, analysis.U10Ms, analysis.V10Ms, analysis.SpPa, analysis.TskinK, grid.ElevationM];
        return new InferRequest
        {
            ModelVersion = question.Version,
            Time = DateTimeOffset.FromUnixTimeSeconds(analysis.UnixSeconds),
            LeadSeconds = question.LeadSeconds,
            Variables = [.. question.Variables.Select(ClimateVariables.NameOf)],
            Latitudes = grid.LatitudesDegrees,
            Longitudes = grid.LongitudesDegrees,
            Fields = fields.Select((f, i) => (FieldNames[i], FloatBlock.Of(f, shape, FieldUnits[i]))).ToDictionary(f => f.Item1, f => f.Item2),
        };
    }

    /// <summary>The question in a request.</summary>
    /// <exception cref="InvalidDataException">The message says which member is wrong.</exception>
    public static ModelQuestion ToQuestion(InferRequest request)
    {
        var latitudes = Require(request.Latitudes, "latitudes").ToArray();
        var longitudes = Require(request.Longitudes, "longitudes").ToArray();
        var time = request.Time ?? throw new InvalidDataException("time is missing.");
        var lead = request.LeadSeconds ?? throw new InvalidDataException("lead_seconds is missing.");
        if (lead is < 0 or > ClimateFeatures.StepSeconds)
        {
            throw new InvalidDataException($"lead_seconds is {lead}; it must be 0..{ClimateFeatures.StepSeconds}.");
        }

        var variables = Require(request.Variables, "variables").Select(Variable).Distinct().ToList();
        var fields = request.Fields ?? throw new InvalidDataException("fields is missing.");
        var planes = FieldNames.Select(name => Plane(fields, name, latitudes.Length, longitudes.Length)).ToList();
        var grid = new ClimateGrid(latitudes, longitudes, planes[7]);
        var surface = new SurfaceFields(
            time.ToUnixTimeSeconds(), planes[0], planes[1], planes[2], planes[3], planes[4], planes[5], planes[6]);
        return new ModelQuestion(grid, surface, variables, lead, request.ModelVersion);
    }

    public static InferResponse ToResponse(ModelQuestion question, ModelAnswer answer)
    {
        int[] shape = [question.Grid.LatitudesDegrees.Length, question.Grid.LongitudesDegrees.Length];
        return new InferResponse
        {
            ModelVersion = answer.Version,
            Variables = answer.Values.ToDictionary(v => ClimateVariables.NameOf(v.Key), v => FloatBlock.Of(v.Value, shape, ClimateVariables.UnitOf(v.Key))),
        };
    }

    /// <summary>The answer in a response.</summary>
    /// <exception cref="InvalidDataException">It does not answer the question.</exception>
    public static ModelAnswer ToAnswer(ModelQuestion question, InferResponse response)
    {
        var values = new Dictionary<ClimateVariable, float[]>();
        foreach (var variable in question.Variables)
        {
            values[variable] = Plane(response.Variables, ClimateVariables.NameOf(variable), question.Grid.LatitudesDegrees.Length, question.Grid.LongitudesDegrees.Length);
        }

        return string.IsNullOrWhiteSpace(response.ModelVersion)
            ? throw new InvalidDataException("model_version is missing.")
            : new ModelAnswer(response.ModelVersion, values);
    }

    private static float[] Plane(IReadOnlyDictionary<string, FloatBlock> fields, string name, int rows, int columns)
    {
        if (!fields.TryGetValue(name, out var block) || block is null)
        {
            throw new InvalidDataException($"{name} is missing.");
        }

        return block.Shape is [var height, var width] && height == rows && width == columns
            ? block.ToFloats()
            : throw new InvalidDataException($"{name} has the shape {string.Join(" x ", block.Shape)}; it must be {rows} x {columns}.");
    }

    private static ClimateVariable Variable(string? name) =>
        ClimateVariables.TryParse(name, out var variable) ? variable : throw new InvalidDataException("variables has a name that is not predicted.");

    private static IReadOnlyList<T> Require<T>(IReadOnlyList<T>? list, string name) =>
        list is { Count: > 0 } ? list : throw new InvalidDataException($"{name} is missing.");
}
