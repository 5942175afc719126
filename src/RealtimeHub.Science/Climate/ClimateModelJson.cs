using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeHub.Science.Climate;

/// <summary>Reads and writes the stored form of a climate model as JSON. Equal models give equal bytes.</summary>
public static class ClimateModelJson
{
    /// <summary>The JSON of a model as UTF-8, ended by a line feed.</summary>
    public static byte[] Write(ClimateModelFile file) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(file, ClimateModelJsonContext.Default.ClimateModelFile), (byte)'\n'];

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a model, or a member is missing.</exception>
    public static ClimateModelFile Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, ClimateModelJsonContext.Default.ClimateModelFile) ?? throw new JsonException("The file holds no model.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ClimateModelFile))]
internal sealed partial class ClimateModelJsonContext : JsonSerializerContext;
