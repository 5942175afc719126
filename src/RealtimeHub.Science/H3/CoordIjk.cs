using System.Runtime.CompilerServices;

namespace RealtimeHub.Science.H3;

/// <summary>A place in the hexagonal grid of one plane: axes 120° apart, no component negative, at least one of them zero.</summary>
/// <remarks>Adding the same number to all three components gives the same place; <see cref="Normalized"/> picks one form.</remarks>
internal readonly record struct CoordIjk(int I, int J, int K)
{
    /// <summary>The step that a digit of an index stands for: bit 2 is i, bit 1 is j, bit 0 is k.</summary>
    public static CoordIjk FromDigit(int digit) => new(digit >> 2, (digit >> 1) & 1, digit & 1);

    /// <summary>The digit of a unit step or of none.</summary>
    public int ToDigit() => (I << 2) | (J << 1) | K;

    public static CoordIjk operator +(CoordIjk a, CoordIjk b) => new(a.I + b.I, a.J + b.J, a.K + b.K);

    public static CoordIjk operator -(CoordIjk a, CoordIjk b) => new(a.I - b.I, a.J - b.J, a.K - b.K);

    public static CoordIjk operator *(CoordIjk a, int factor) => new(a.I * factor, a.J * factor, a.K * factor);

    public CoordIjk Normalized()
    {
        var min = Math.Min(I, Math.Min(J, K));
        return new CoordIjk(I - min, J - min, K - min);
    }

    /// <summary>Steps from here to another place.</summary>
    public int DistanceTo(CoordIjk other)
    {
        var difference = (this - other).Normalized();
        return Math.Max(difference.I, Math.Max(difference.J, difference.K));
    }

    /// <summary>The same place seen after the plane was turned by 60° counterclockwise.</summary>
    public CoordIjk Rotate60Ccw() => new CoordIjk(I + K, I + J, J + K).Normalized();

    public CoordIjk Rotate60Cw() => new CoordIjk(I + J, J + K, I + K).Normalized();

    /// <summary>The parent's place in the next coarser grid, if this grid is of the given resolution.</summary>
    /// <remarks>Each finer grid is turned by asin √(3/28), to Class III counterclockwise and back to Class II clockwise.</remarks>
    public CoordIjk ToParent(int resolution)
    {
        var i = I - K;
        var j = J - K;
        return IsClassIII(resolution)
            ? new CoordIjk(SeventhOf((3 * i) - j), SeventhOf(i + (2 * j)), 0).Normalized()
            : new CoordIjk(SeventhOf((2 * i) + j), SeventhOf((3 * j) - i), 0).Normalized();
    }

    /// <summary>The centre child's place in the next finer grid, which is of the given resolution.</summary>
    public CoordIjk ToCenterChild(int resolution) => IsClassIII(resolution)
        ? new CoordIjk((3 * I) + J, (3 * J) + K, I + (3 * K)).Normalized()
        : new CoordIjk((3 * I) + K, I + (3 * J), J + (3 * K)).Normalized();

    /// <summary>The place in the substrate grid with steps a third as long, in which the corners of cells are places too.</summary>
    public CoordIjk ToSubstrate() => this * 3;

    /// <summary>Plane coordinates in steps of the grid, x along the i axis.</summary>
    public (double X, double Y) ToPlane()
    {
        const double Sin60 = 0.8660254037844386467637231707529361834714;
        var i = I - K;
        var j = J - K;
        return (i - (0.5 * j), j * Sin60);
    }

    /// <summary>The place nearest to a point of the plane, so the cell that contains it.</summary>
    /// <remarks>Rounds the three cube coordinates i, j and i − j, then corrects the one that was rounded most.</remarks>
    public static CoordIjk FromPlane(double x, double y)
    {
        const double TwoThirdsSqrt3 = 1.1547005383792515290182975610039149112953;
        var exactJ = y * TwoThirdsSqrt3;
        var exactI = x + (0.5 * exactJ);
        var i = Math.Round(exactI);
        var j = Math.Round(exactJ);
        var difference = Math.Round(exactI - exactJ);
        var errorI = Math.Abs(i - exactI);
        var errorJ = Math.Abs(j - exactJ);
        var errorDifference = Math.Abs(difference - (exactI - exactJ));
        if (errorI > errorJ && errorI > errorDifference)
        {
            i = difference + j;
        }
        else if (errorJ > errorDifference)
        {
            j = i - difference;
        }

        return new CoordIjk((int)i, (int)j, 0).Normalized();
    }

    /// <summary>Whether a resolution is odd, its grid therefore turned against the faces of the icosahedron.</summary>
    public static bool IsClassIII(int resolution) => (resolution & 1) != 0;

    // To the nearest integer; a seventh is never halfway.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SeventhOf(int value) => value >= 0 ? (value + 3) / 7 : (value - 3) / 7;
}
