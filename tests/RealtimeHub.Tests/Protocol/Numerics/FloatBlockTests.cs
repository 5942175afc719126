using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Numerics;

namespace RealtimeHub.Tests.Protocol.Numerics;

public sealed class FloatBlockTests
{
    [Fact]
    public void Of_is_written_as_little_endian_base64_and_read_back()
    {
        var block = FloatBlock.Of([1f, -0.5f, float.NaN, 0f], [2, 2], "V");

        var json = JsonSerializer.Serialize(block, RealtimeJsonContext.Default.FloatBlock);
        var back = JsonSerializer.Deserialize(json, RealtimeJsonContext.Default.FloatBlock)!;

        Assert.Equal("""{"dtype":"float32","shape":[2,2],"units":"V","scale":1,"offset":0,"data":"AACAPwAAAL8AAMD/AAAAAA=="}""", json);
        Assert.Equal([1f, -0.5f, float.NaN, 0f], back.ToFloats());
        Assert.Equal([2, 2], back.Shape);
    }

    [Fact]
    public void ToFloats_scales_whole_numbers_back()
    {
        var block = new FloatBlock { Dtype = "uint16", Shape = [3], Units = "mV", Scale = 0.5, Offset = -10, Data = new BinaryBlock(new byte[] { 0, 0, 1, 0, 0, 1 }) };

        Assert.Equal([-10f, -9.5f, 118f], block.ToFloats());
    }

    [Theory]
    [InlineData("float32", 4)]
    [InlineData("uint8", 2)]
    [InlineData("float64", 3)]
    public void ToFloats_refuses_data_of_another_size_or_type(string dtype, int length)
    {
        var block = new FloatBlock { Dtype = dtype, Shape = [length], Units = "1", Data = new BinaryBlock(new byte[5]) };

        Assert.Throws<InvalidDataException>(() => block.ToFloats());
    }
}
