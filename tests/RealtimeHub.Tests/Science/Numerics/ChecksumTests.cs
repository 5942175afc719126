using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Tests.Science.Numerics;

public class ChecksumTests
{
    [Fact]
    public void Sha256_of_nothing_and_of_abc_are_those_of_FIPS_180()
    {
        Assert.Equal("1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Multihash.Sha256([]));
        Assert.Equal("1220ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Multihash.Sha256("abc"u8));
        Assert.True(Multihash.IsValid(Multihash.Sha256([])));
        Assert.False(Multihash.IsValid("1220ABC"));
    }

    [Theory]
    [InlineData(1.2349, 0.01, 1.23f)]
    [InlineData(0.005, 0.01, 0.0f)]
    [InlineData(0.015, 0.01, 0.02f)]
    [InlineData(-0.001, 0.01, 0.0f)]
    public void Quantize_rounds_to_steps_half_to_even_and_knows_no_negative_zero(double value, double step, float expected)
    {
        var rounded = Quantizer.Quantize(value, step);

        Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(rounded));
    }

    [Fact]
    public void Quantize_makes_every_NaN_the_same_one() => Assert.Equal(
        BitConverter.SingleToInt32Bits(float.NaN),
        BitConverter.SingleToInt32Bits(Quantizer.Quantize(BitConverter.Int64BitsToDouble(0x7FF8000000000123), 0.1)));

    [Fact]
    public void ToMultihash_hangs_on_names_types_shapes_and_bytes_and_not_on_the_order_of_adding()
    {
        var one = new BlockDigest().Add("a", "float32", [2, 1], new byte[8]).Add("b", "uint8", [1], new byte[1]).ToMultihash();

        Assert.Equal(one, new BlockDigest().Add("b", "uint8", [1], new byte[1]).Add("a", "float32", [2, 1], new byte[8]).ToMultihash());
        Assert.NotEqual(one, new BlockDigest().Add("a", "float32", [1, 2], new byte[8]).Add("b", "uint8", [1], new byte[1]).ToMultihash());
        Assert.NotEqual(one, new BlockDigest().Add("a", "float32", [2, 1], new byte[8]).Add("b", "uint8", [1], new byte[] { 1 }).ToMultihash());
    }
}
