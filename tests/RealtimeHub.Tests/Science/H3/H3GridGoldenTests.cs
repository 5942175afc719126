using RealtimeHub.Science.H3;

namespace RealtimeHub.Tests.Science.H3;

/// <summary>Bit patterns that every machine must reproduce.</summary>
public sealed class H3GridGoldenTests
{
    [Fact]
    public void Cells_centres_and_corners_over_a_fixed_grid_have_the_golden_checksum()
    {
        var hash = 14695981039346656037UL;

        for (var i = 0; i < 20_000; i++)
        {
            var cell = H3Grid.LatLngToCell(new LatLng((i * 0.009) - 90.0, (i * 7.31 % 360.0) - 180.0), i % 16);
            Add(cell.Value);
            AddPoint(H3Grid.CellToLatLng(cell));
            foreach (var corner in H3Grid.CellToBoundary(cell))
            {
                AddPoint(corner);
            }
        }

        Assert.Equal("6856334e8c7f4aa3", $"{hash:x16}");

        void AddPoint(LatLng point)
        {
            Add(BitConverter.DoubleToUInt64Bits(point.LatitudeDegrees));
            Add(BitConverter.DoubleToUInt64Bits(point.LongitudeDegrees));
        }

        void Add(ulong bits)
        {
            hash = (hash ^ bits) * 1099511628211UL;
            hash ^= hash >> 29;
        }
    }
}
