namespace RealtimeHub.Science.H3;

/// <summary>A place in the grid of the plane of one face of the icosahedron, origin at the centre of the face.</summary>
/// <remarks>The place may lie beyond the triangle of the face; <see cref="TryCross"/> then gives it on the next face.</remarks>
internal readonly record struct FaceIj(int Face, CoordIj Coord)
{
    /// <summary>Steps of a Class II grid for each step of the resolution 0 grid.</summary>
    public static int StepsPerBaseStep(int classIIResolution)
    {
        var steps = 1;
        for (var resolution = 0; resolution < classIIResolution; resolution += 2)
        {
            steps *= 7;
        }

        return steps;
    }

    /// <summary>Gives a place beyond the triangle of its face on the face across the edge it is beyond.</summary>
    /// <param name="baseStep">Steps of this grid, which is of Class II, for each step of the resolution 0 grid.</param>
    /// <param name="crossed">The place on the next face, or this one.</param>
    /// <returns>Whether the place was beyond the triangle; on its edge is not.</returns>
    public bool TryCross(int baseStep, out FaceIj crossed)
    {
        var edge = Coord is { I: >= 0, J: >= 0 } ? FaceEdge.IJ : Coord.I < Coord.J ? FaceEdge.JK : FaceEdge.KI;
        var isBeyond = TowardsEdge(Coord, edge) > 2 * baseStep;
        crossed = isBeyond ? Cross(edge, baseStep) : this;
        return isBeyond;
    }

    /// <summary>As <see cref="TryCross"/>, until the place is on its face.</summary>
    public FaceIj CrossAll(int baseStep)
    {
        var place = this;
        while (place.TryCross(baseStep, out place))
        {
        }

        return place;
    }

    /// <summary>This place in the plane of the face across an edge.</summary>
    public FaceIj Cross(FaceEdge edge, int baseStep)
    {
        var neighbor = NeighborAcross(Face, edge);
        var coord = Coord;
        for (var turn = 0; turn < neighbor[4]; turn++)
        {
            coord = coord.Rotate60Ccw();
        }

        var translation = CoordIj.FromIjk(neighbor[1], neighbor[2], neighbor[3]) * baseStep;
        return new FaceIj(neighbor[0], coord + translation);
    }

    /// <summary>The edge between a face and another, or null if they do not share one.</summary>
    public static FaceEdge? EdgeBetween(int face, int other)
    {
        for (var edge = FaceEdge.IJ; edge <= FaceEdge.JK; edge++)
        {
            if (NeighborAcross(face, edge)[0] == other)
            {
                return edge;
            }
        }

        return null;
    }

    /// <summary>How far a place is on the way from the centre of the face to an edge, which is at twice the base step.</summary>
    public static int TowardsEdge(CoordIj coord, FaceEdge edge) => edge switch
    {
        FaceEdge.IJ => coord.I + coord.J,
        FaceEdge.KI => coord.I - (2 * coord.J),
        _ => coord.J - (2 * coord.I),
    };

    private static ReadOnlySpan<byte> NeighborAcross(int face, FaceEdge edge) =>
        FaceTables.Neighbors.Slice((face * 15) + ((int)edge * 5), 5);
}
