using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

/// <summary>Bit patterns that every machine must reproduce.</summary>
public class DriversGoldenTests
{
    [Fact]
    public void Compute_of_the_reference_columns_has_the_golden_checksum()
    {
        var hash = 14695981039346656037UL;
        var values = new double[ColumnDrivers.Count];

        foreach (var profile in ReferenceCases.Columns)
        {
            ColumnDrivers.Compute(
                new ColumnProfile(profile.Thermo, profile.Wind), DriverOptions.Default, DriverGroups.All, values);
            foreach (var value in values)
            {
                // Which of the NaN patterns an operation gives is left to the machine.
                var bits = double.IsNaN(value) ? 0x7FF8000000000000UL : BitConverter.DoubleToUInt64Bits(value);
                hash = (hash ^ bits) * 1099511628211UL;
                hash ^= hash >> 29;
            }
        }

        Assert.Equal("ee6e6a7b4cee5157", $"{hash:x16}");
    }
}
