using System.Security.Cryptography;
using System.Text;
using RealtimeHub.Science.H3;

namespace RealtimeHub.Tests.Science.H3;

public sealed class H3GridVectorTests
{
    [Fact]
    public void LatLngToCell_agrees_with_the_reference_at_every_resolution()
    {
        var wrong = new List<string>();
        var count = 0;

        foreach (var vector in H3Vectors.Of("latLngToCell"))
        {
            var expected = vector[3].GetString()!.Split(' ');
            for (var resolution = 0; resolution <= 15; resolution++, count++)
            {
                var cell = H3Grid.LatLngToCell(vector.Point(), resolution);
                if (cell.ToString() != expected[resolution])
                {
                    wrong.Add($"{vector.Point()} {vector[2]}: expected {expected[resolution]}, got {cell}");
                }
            }
        }

        Assert.Equal(32_000, count);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Cells_have_the_properties_of_the_reference()
    {
        foreach (var vector in H3Vectors.Of("cells"))
        {
            var cell = vector.GetProperty("cell").Cell();
            Assert.Equal(vector.GetProperty("res").GetInt32(), H3Grid.GetResolution(cell));
            Assert.Equal(vector.GetProperty("pentagon").GetBoolean(), H3Grid.IsPentagon(cell));
            Assert.Equal(vector.GetProperty("base_cell").GetInt32(), H3Grid.GetBaseCell(cell));
            Assert.True(H3Grid.IsValidCell(cell));
        }
    }

    [Fact]
    public void CellToLatLng_and_CellToBoundary_agree_with_the_reference()
    {
        foreach (var vector in H3Vectors.Of("cells"))
        {
            var cell = vector.GetProperty("cell").Cell();
            AssertNear(cell, vector.GetProperty("center").Point(), H3Grid.CellToLatLng(cell));
            var expected = vector.GetProperty("boundary").EnumerateArray().Select(H3Vectors.Point).ToArray();
            var boundary = H3Grid.CellToBoundary(cell);
            Assert.Equal(expected.Length, boundary.Length);
            for (var v = 0; v < expected.Length; v++)
            {
                AssertNear(cell, expected[v], boundary[v]);
            }
        }
    }

    [Fact]
    public void CellToParent_agrees_with_the_reference()
    {
        foreach (var vector in H3Vectors.Of("cellToParent"))
        {
            Assert.Equal(vector[2].Cell(), H3Grid.CellToParent(vector[0].Cell(), vector[1].GetInt32()));
        }
    }

    [Fact]
    public void CellToChildren_and_CellToCenterChild_agree_with_the_reference()
    {
        foreach (var vector in H3Vectors.Of("cellToChildren"))
        {
            var (cell, resolution) = (vector[0].Cell(), vector[1].GetInt32());
            Assert.Equal(vector[2].Cells(), H3Grid.CellToChildren(cell, resolution));
            Assert.Equal(vector[3].Cell(), H3Grid.CellToCenterChild(cell, resolution));
        }
    }

    [Fact]
    public void GridDisk_agrees_with_the_reference()
    {
        foreach (var vector in H3Vectors.Of("gridDisk"))
        {
            Assert.Equal(vector[2].Cells(), H3Grid.GridDisk(vector[0].Cell(), vector[1].GetInt32()).Order());
        }
    }

    [Fact]
    public void GridDistance_agrees_with_the_reference()
    {
        foreach (var vector in H3Vectors.Of("gridDistance"))
        {
            Assert.Equal(vector[2].GetInt32(), H3Grid.GridDistance(vector[0].Cell(), vector[1].Cell()));
        }
    }

    [Fact]
    public void PolygonToCells_agrees_with_the_reference()
    {
        foreach (var vector in H3Vectors.Of("polygonToCells"))
        {
            var mode = vector.GetProperty("mode").GetString() == "center" ? ContainmentMode.Center : ContainmentMode.Overlapping;
            var resolution = vector.GetProperty("res").GetInt32();
            var cells = vector.Polygons().SelectMany(rings => H3Grid.PolygonToCells(rings, resolution, mode)).Distinct().Order().ToArray();
            var what = $"{vector.GetProperty("name")} at {resolution}, {mode}";
            Assert.Equal($"{what}: {vector.GetProperty("count")}", $"{what}: {cells.Length}");
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', cells))));
            Assert.Equal($"{what}: {vector.GetProperty("sha256_sorted_newline_joined")}", $"{what}: {hash}");
        }
    }

    [Fact]
    public void CompactCells_agrees_with_the_reference_and_UncompactCells_undoes_it()
    {
        var vector = H3Vectors.Of("compactCells").First();
        var kansas = H3Vectors.Of("polygonToCells").First(v => v.GetProperty("name").GetString() == "maps/kansas-state.geojson");
        var cells = H3Grid.PolygonToCells(kansas.Polygons().Single(), 5, ContainmentMode.Center);

        var compacted = H3Grid.CompactCells(cells);

        Assert.Equal(vector.GetProperty("count_in").GetInt32(), cells.Length);
        Assert.Equal(vector.GetProperty("compacted").Cells(), compacted);
        Assert.Equal(cells, H3Grid.UncompactCells(compacted, 5));
    }

    [Fact]
    public void TryParse_and_IsValidCell_agree_with_the_reference()
    {
        foreach (var vector in H3Vectors.Of("isValidCell"))
        {
            Assert.Equal(vector[1].GetBoolean(), H3Index.TryParse(vector[0].GetString(), out _));
        }
    }

    [Fact]
    public void The_table_of_resolutions_agrees_with_the_reference()
    {
        foreach (var vector in H3Vectors.Of("resolutions"))
        {
            var resolution = vector[0].GetInt32();
            Assert.Equal(vector[1].GetDouble(), H3Grid.GetHexagonAreaAvgKm2(resolution));
            Assert.Equal(vector[2].GetDouble(), H3Grid.GetHexagonEdgeLengthAvgKm(resolution));
            Assert.Equal(vector[3].GetInt64(), H3Grid.GetNumCells(resolution));
        }
    }

    // About a micrometre on the ground. The reference takes the latitude from its sine, which loses digits towards the poles.
    private static void AssertNear(H3Index cell, LatLng expected, LatLng actual)
    {
        var cosine = Math.Cos(expected.LatitudeDegrees * Math.PI / 180.0);
        var tolerance = 1e-11 + (1e-14 / cosine);
        var turn = Math.Abs(expected.LongitudeDegrees - actual.LongitudeDegrees) % 360.0;
        turn = Math.Min(turn, 360.0 - turn) * cosine;
        Assert.True(
            Math.Abs(expected.LatitudeDegrees - actual.LatitudeDegrees) < tolerance && turn < tolerance,
            $"{cell}: expected {expected}, got {actual}.");
    }
}
