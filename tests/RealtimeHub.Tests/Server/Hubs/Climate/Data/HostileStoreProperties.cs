using FsCheck;
using FsCheck.Fluent;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

public class HostileStoreProperties
{
    // Changes that keep much of a text: digits, brackets and quotes are what metadata are made of.
    private static readonly Gen<Func<byte[], byte[]>> Damage = Gen.Zip(Gen.Choose(0, 4), Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), 2)).Select(
        sample => (Func<byte[], byte[]>)(bytes => Damaged(bytes, sample.Item1, sample.Item2[0] % bytes.Length, sample.Item2[1])));

    [Fact]
    public void Damaged_metadata_are_read_or_refused_and_nothing_else()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Stores.PathOf(Stores.Nam), ".zmetadata"));

        Properties.Hold(Gen.ArrayOf(Damage, 3).ToArbitrary(), damages =>
        {
            try
            {
                ZarrStoreMetadata.ParseConsolidated("a.zarr", damages.Aggregate(bytes, (b, damage) => damage(b)), ZarrLimits.Default);
            }
            catch (ZarrFormatException)
            {
                // What it should be.
            }
        }, times: 2_000);
    }

    [Fact]
    public async Task A_store_with_any_file_damaged_is_read_or_refused_and_nothing_else()
    {
        using var folder = new TempFolder();
        var path = StoreBuilder.Hourly(0, 1).Write(folder["a.zarr"]);
        string[] files = [.. Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = default })];
        var whole = await ZarrFieldSource.OpenAsync(path, new FieldStepCache(0), default);

        Properties.Hold(Gen.Zip(Gen.Elements(files), Damage).ToArbitrary(), sample =>
        {
            var (file, damage) = sample;
            var bytes = File.ReadAllBytes(file);
            File.WriteAllBytes(file, damage(bytes));
            try
            {
                Read(path).GetAwaiter().GetResult();
            }
            catch (ZarrFormatException)
            {
                // What it should be.
            }

            File.WriteAllBytes(file, bytes);
        }, times: 300);

        Assert.Equal(whole.Catalogue.Provenance.Digest, (await ZarrFieldSource.OpenAsync(path, new FieldStepCache(0), default)).Catalogue.Provenance.Digest);
    }

    private static async Task Read(string path)
    {
        var source = await ZarrFieldSource.OpenAsync(path, new FieldStepCache(0), default);
        foreach (var variable in source.Catalogue.Variables.Keys)
        {
            Assert.True((await source.ReadAsync(new FieldRequest(variable, 0), default)).IsRead);
        }
    }

    private static byte[] Damaged(byte[] bytes, int kind, int at, int with) => kind switch
    {
        0 => [.. bytes[..at], (byte)with, .. bytes[(at + 1)..]],
        1 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + (with % 20))..], (byte)' '],
        2 => [.. bytes[..at], "0123456789-.[]{},:\"\\"u8[with % 20], .. bytes[(at + 1)..]],
        3 => [.. bytes[..at], (byte)('0' + (with % 10)), .. bytes[at..]],
        _ => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (with % 8))), .. bytes[(at + 1)..]],
    };
}
