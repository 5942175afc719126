namespace RealtimeHub.Science.H3;

/// <summary>A place in the hexagonal grid of one plane, on two axes 120° apart.</summary>
/// <remarks>
/// H3 speaks of three axes, i, j and k; a step along all three leads nowhere, and so any place has a form with k = 0, which
/// is kept here, and one in which the least of the three is 0.
/// </remarks>
internal readonly record struct CoordIj(int I, int J)
{
    /// <summary>What to take from each of i, j and k = 0 to make the least of them 0.</summary>
    public int Least => Math.Min(Math.Min(I, J), 0);

    public static CoordIj operator +(CoordIj a, CoordIj b) => new(a.I + b.I, a.J + b.J);

    public static CoordIj operator -(CoordIj a, CoordIj b) => new(a.I - b.I, a.J - b.J);

    public static CoordIj operator *(CoordIj a, int factor) => new(a.I * factor, a.J * factor);

    /// <summary>The step that a digit of an index stands for: bit 2 is i, bit 1 is j, bit 0 is k.</summary>
    public static CoordIj FromDigit(int digit) => FromIjk(digit >> 2, (digit >> 1) & 1, digit & 1);

    public static CoordIj FromIjk(int i, int j, int k) => new(i - k, j - k);

    /// <summary>The place nearest to a point of the plane, so the cell that contains it.</summary>
    /// <remarks>Rounds i, j and i − j, then corrects the one that was rounded most.</remarks>
    public static CoordIj FromPlane(double x, double y)
    {
        const double InverseSin60 = 1.1547005383792515290182975610039149112953;
        var exactJ = y * InverseSin60;
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

        return new CoordIj((int)i, (int)j);
    }

    /// <summary>Whether a resolution is odd, its grid therefore turned against the faces of the icosahedron.</summary>
    public static bool IsClassIII(int resolution) => (resolution & 1) != 0;

    /// <summary>The digit of a unit step or of none.</summary>
    public int ToDigit() => ((I - Least) << 2) | ((J - Least) << 1) | -Least;

    /// <summary>Plane coordinates in steps of the grid, x along the i axis.</summary>
    public (double X, double Y) ToPlane()
    {
        const double Sin60 = 0.8660254037844386467637231707529361834714;
        return (I - (0.5 * J), J * Sin60);
    }

    /// <summary>Steps from here to another place.</summary>
    public int DistanceTo(CoordIj other)
    {
        var step = other - this;
        return Math.Max(Math.Max(step.I, step.J), 0) - step.Least;
    }

    /// <summary>The same place seen after the plane was turned by 60° counterclockwise.</summary>
    public CoordIj Rotate60Ccw() => new(I - J, I);

    /// <summary>The same place seen after the plane was turned by 60° clockwise.</summary>
    public CoordIj Rotate60Cw() => new(J, J - I);

    /// <summary>The parent's place in the next coarser grid, if this grid is of the given resolution.</summary>
    /// <remarks>Each finer grid is turned by asin √(3/28), to Class III counterclockwise and back to Class II clockwise.</remarks>
    public CoordIj ToParent(int resolution) => IsClassIII(resolution)
        ? new CoordIj(SeventhOf((3 * I) - J), SeventhOf(I + (2 * J)))
        : new CoordIj(SeventhOf((2 * I) + J), SeventhOf((3 * J) - I));

    /// <summary>The centre child's place in the next finer grid, which is of the given resolution.</summary>
    public CoordIj ToCenterChild(int resolution) => IsClassIII(resolution)
        ? new CoordIj((2 * I) + J, (3 * J) - I)
        : new CoordIj((3 * I) - J, I + (2 * J));

    // To the nearest integer; a seventh is never halfway.
    private static int SeventhOf(int value) => value >= 0 ? (value + 3) / 7 : (value - 3) / 7;
}
