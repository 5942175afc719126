using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RealtimeHub.Science.H3;

/// <summary>The 64-bit name of a cell of the H3 grid.</summary>
/// <remarks>
/// From the highest bit: one zero, four bits of mode (1 for a cell), three zeros, four bits of resolution, seven of base
/// cell, then fifteen digits of three bits, of which those beyond the resolution are 7. Any 64 bits make a value; ask
/// <see cref="IsValidCell"/>. Methods of <see cref="H3Grid"/> throw <see cref="ArgumentException"/> for an invalid one.
/// Layout: H3 documentation, h3geo.org/docs/core-library/h3Indexing.
/// </remarks>
/// <param name="Value">The bits.</param>
public readonly record struct H3Index(ulong Value) : IComparable<H3Index>
{
    private const int BaseCellCount = 122;
    private const int BaseCellShift = 45;
    private const int ResolutionShift = 52;
    private const ulong CellMode = 1UL << 59;
    private const ulong AllDigits = (1UL << BaseCellShift) - 1;

    /// <summary>The level, from 0 (122 cells) to 15 (cells of about one square metre).</summary>
    public int Resolution => (int)(Value >> ResolutionShift) & 15;

    /// <summary>The number of the resolution 0 cell above this one, from 0 to 121.</summary>
    public int BaseCell => (int)(Value >> BaseCellShift) & 127;

    /// <summary>Whether the cell is one of the twelve of its resolution that have five neighbours.</summary>
    public bool IsPentagon => BaseCells.IsPentagon(BaseCell) && LeadingDigit == 0;

    /// <summary>Whether the bits name a cell that exists.</summary>
    public bool IsValidCell
    {
        get
        {
            if (Value >> 56 != CellMode >> 56 || BaseCell >= BaseCellCount)
            {
                return false;
            }

            for (var resolution = 1; resolution <= H3Grid.MaxResolution; resolution++)
            {
                if (Digit(resolution) == 7 != resolution > Resolution)
                {
                    return false;
                }
            }

            return !BaseCells.IsPentagon(BaseCell) || LeadingDigit != BaseCells.DeletedDigit;
        }
    }

    // The first digit that is not 0; 0 if there is none.
    internal int LeadingDigit
    {
        get
        {
            for (var resolution = 1; resolution <= Resolution; resolution++)
            {
                if (Digit(resolution) is var digit && digit != 0)
                {
                    return digit;
                }
            }

            return 0;
        }
    }

    /// <summary>Reads hexadecimal digits, as <see cref="ToString"/> writes them; letters of either case.</summary>
    /// <returns>Whether the text names a valid cell.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out H3Index cell)
    {
        cell = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new H3Index(value)
            : default;
        if (cell.IsValidCell)
        {
            return true;
        }

        cell = default;
        return false;
    }

    /// <summary>Reads hexadecimal digits, as <see cref="ToString"/> writes them.</summary>
    /// <exception cref="FormatException">The text does not name a valid cell.</exception>
    public static H3Index Parse(string text) =>
        TryParse(text, out var cell) ? cell : throw new FormatException($"'{text}' does not name an H3 cell.");

    /// <summary>The order of the bits: by resolution, then by base cell, then by digits.</summary>
    public int CompareTo(H3Index other) => Value.CompareTo(other.Value);

    /// <summary>Whether the first comes before the second in the order of the bits.</summary>
    public static bool operator <(H3Index left, H3Index right) => left.Value < right.Value;

    /// <summary>Whether the first comes after the second in the order of the bits.</summary>
    public static bool operator >(H3Index left, H3Index right) => left.Value > right.Value;

    /// <summary>Whether the first does not come after the second in the order of the bits.</summary>
    public static bool operator <=(H3Index left, H3Index right) => left.Value <= right.Value;

    /// <summary>Whether the first does not come before the second in the order of the bits.</summary>
    public static bool operator >=(H3Index left, H3Index right) => left.Value >= right.Value;

    /// <summary>Lower-case hexadecimal without leading zeros, so 15 digits for a cell.</summary>
    public override string ToString() => Value.ToString("x", CultureInfo.InvariantCulture);

    // Takes digits in their places; those beyond the resolution become 7.
    internal static H3Index Create(int resolution, int baseCell, ulong digits) => new(
        CellMode
        | ((ulong)resolution << ResolutionShift)
        | ((ulong)baseCell << BaseCellShift)
        | digits
        | UnusedDigits(resolution));

    internal static int DigitShift(int resolution) => 3 * (H3Grid.MaxResolution - resolution);

    internal int Digit(int resolution) => (int)(Value >> DigitShift(resolution)) & 7;

    // The ancestor, or the descendant at the centre.
    internal H3Index AtResolution(int resolution) =>
        Create(resolution, BaseCell, Value & AllDigits & ~UnusedDigits(Resolution));

    internal H3Index Child(int digit) =>
        new(AtResolution(Resolution + 1).Value | ((ulong)digit << DigitShift(Resolution + 1)));

    internal H3Index Rotate60Ccw(int turns) => Rotate(BaseCells.RotatedCcw.Slice(8 * turns, 8));

    internal H3Index Rotate60Cw() => Rotate(BaseCells.RotatedCcw.Slice(8 * 5, 8));

    private H3Index Rotate(ReadOnlySpan<byte> digits)
    {
        var bits = Value;
        for (var shift = DigitShift(Resolution); shift < BaseCellShift; shift += 3)
        {
            var digit = (int)(Value >> shift) & 7;
            bits ^= (ulong)(digit ^ digits[digit]) << shift;
        }

        return new H3Index(bits);
    }

    private static ulong UnusedDigits(int resolution) => AllDigits >> (3 * resolution);
}
