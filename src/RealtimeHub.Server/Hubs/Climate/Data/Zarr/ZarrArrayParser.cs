using System.Buffers.Binary;
using System.Text.Json;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>Turns a <c>.zarray</c> document into checked metadata; each refusal names the member.</summary>
internal sealed class ZarrArrayParser(string store, string name, ZarrLimits limits)
{
    private const string DimensionNames = "_ARRAY_DIMENSIONS";

    public ZarrArrayMetadata Parse(JsonElement document, ZarrAttributes attributes)
    {
        if (!ZarrFile.IsArrayName(name))
        {
            throw new ZarrFormatException(store, name, "name", "may hold letters, digits, '_', '-', '.' and '/' only, and no part of it may start with '.'");
        }

        RequireVersion2(store, name, ZarrStoreMetadata.ArrayDocument, document);
        RequireNoFilters(document);
        if (Text(document, "order") is var order and not "C")
        {
            throw Refuse("order", $"is {order ?? "missing"}; only C is supported");
        }

        var shape = Lengths(document, "shape", 0);
        var chunks = Lengths(document, "chunks", 1);
        if (chunks.Length != shape.Length)
        {
            throw Refuse("chunks", $"has {chunks.Length} dimensions where shape has {shape.Length}");
        }

        var type = DataType(document);
        RequireChunkSize(chunks, type);
        return new ZarrArrayMetadata(
            name, shape, chunks, type, IsCompressed(document), FillValue(document, type), Separator(document), Dimensions(attributes, shape.Length), attributes);
    }

    public static void RequireVersion2(string store, string? array, string file, JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object
            || !document.TryGetProperty("zarr_format", out var format) || format.ValueKind != JsonValueKind.Number
            || !format.TryGetInt32(out var version) || version != 2)
        {
            throw new ZarrFormatException(store, array, $"{file} zarr_format", "has to be 2; no other version is supported");
        }
    }

    private void RequireNoFilters(JsonElement document)
    {
        if (document.TryGetProperty("filters", out var filters)
            && filters.ValueKind != JsonValueKind.Null
            && !(filters.ValueKind == JsonValueKind.Array && filters.GetArrayLength() == 0))
        {
            throw Refuse("filters", "are not supported");
        }
    }

    private int[] Lengths(JsonElement document, string member, int minimum)
    {
        if (!document.TryGetProperty(member, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > limits.MaxRank)
        {
            throw Refuse(member, $"has to be a list of at most {limits.MaxRank} lengths");
        }

        var lengths = new int[list.GetArrayLength()];
        for (var d = 0; d < lengths.Length; d++)
        {
            if (list[d].ValueKind != JsonValueKind.Number || !list[d].TryGetInt32(out lengths[d]) || lengths[d] < minimum)
            {
                throw Refuse($"{member}[{d}]", $"has to be a whole number from {minimum} to {int.MaxValue}");
            }
        }

        return lengths;
    }

    private void RequireChunkSize(int[] chunks, ZarrDataType type)
    {
        var bytes = (long)type.Bytes();
        foreach (var length in chunks)
        {
            bytes *= length;
            if (bytes > limits.MaxChunkBytes)
            {
                throw Refuse("chunks", $"make a chunk larger than {limits.MaxChunkBytes} bytes");
            }
        }
    }

    private ZarrDataType DataType(JsonElement document)
    {
        if (Text(document, "dtype") is not { } text)
        {
            throw Refuse("dtype", $"has to be one of {ZarrDataTypes.Supported}; structured types are not supported");
        }

        return ZarrDataTypes.Parse(text) ?? throw Refuse("dtype", $"is '{Shown(text)}'; supported are {ZarrDataTypes.Supported}");
    }

    private bool IsCompressed(JsonElement document)
    {
        if (!document.TryGetProperty("compressor", out var compressor))
        {
            throw Refuse("compressor", "is missing");
        }

        if (compressor.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        var id = compressor.ValueKind == JsonValueKind.Object ? Text(compressor, "id") : null;
        return id == "zlib" ? true : throw Refuse("compressor", $"is '{Shown(id ?? "unnamed")}'; supported are zlib and null");
    }

    private char Separator(JsonElement document)
    {
        if (!document.TryGetProperty("dimension_separator", out var separator))
        {
            return '.';
        }

        return separator.ValueKind == JsonValueKind.String && separator.GetString() is "." or "/"
            ? separator.GetString()![0]
            : throw Refuse("dimension_separator", "has to be '.' or '/'");
    }

    private byte[]? FillValue(JsonElement document, ZarrDataType type)
    {
        if (!document.TryGetProperty("fill_value", out var fill))
        {
            throw Refuse("fill_value", "is missing");
        }

        if (fill.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var bytes = new byte[8];
        if (type.IsInteger() ? TryWhole(fill, type, bytes) : TryReal(fill, type, bytes))
        {
            return bytes[..type.Bytes()];
        }

        throw Refuse("fill_value", $"does not fit the array's type {type}");
    }

    private static bool TryWhole(JsonElement fill, ZarrDataType type, byte[] bytes)
    {
        if (fill.ValueKind != JsonValueKind.Number || !fill.TryGetInt64(out var value))
        {
            return false;
        }

        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return type switch
        {
            ZarrDataType.Int32 => value is >= int.MinValue and <= int.MaxValue,
            ZarrDataType.Int16 => value is >= short.MinValue and <= short.MaxValue,
            ZarrDataType.UInt8 => value is >= byte.MinValue and <= byte.MaxValue,
            _ => true,
        };
    }

    private static bool TryReal(JsonElement fill, ZarrDataType type, byte[] bytes)
    {
        double value;
        if (fill.ValueKind == JsonValueKind.Number)
        {
            value = fill.GetDouble();
        }
        else if (fill.ValueKind == JsonValueKind.String && fill.GetString() is "NaN" or "Infinity" or "-Infinity")
        {
            value = fill.GetString() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, _ => double.NegativeInfinity };
        }
        else
        {
            return false;
        }

        if (type == ZarrDataType.Float64)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
        }

        return true;
    }

    private IReadOnlyList<string>? Dimensions(ZarrAttributes attributes, int rank)
    {
        if (!attributes.Has(DimensionNames))
        {
            return null;
        }

        return attributes.Names(DimensionNames) is { } names && names.Count == rank
            ? names
            : throw Refuse(DimensionNames, $"has to be a list of {rank} names");
    }

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A hostile name must not fill the log.
    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private ZarrFormatException Refuse(string member, string problem) => new(store, name, member, problem);
}
