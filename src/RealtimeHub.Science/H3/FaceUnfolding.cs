namespace RealtimeHub.Science.H3;

/// <summary>Distances between places on different faces of the icosahedron, by unfolding the faces between them.</summary>
internal static class FaceUnfolding
{
    /// <summary>Steps between two places of one resolution, or null if their faces share no corner.</summary>
    /// <remarks>
    /// Two faces that share an edge, or a corner with one face between, unfold into a convex part of the plane, so that the
    /// straight way stays inside. Around a corner there is a second way over the two faces on its other side. If that turns
    /// by more than 180° it is no way, but then it is not the shorter one either: in a normed plane the distance between the
    /// ends of two arms does not fall as the angle between them opens to 180°.
    /// </remarks>
    public static int? Distance(FaceIj origin, FaceIj destination, int resolution)
    {
        if (origin.Face == destination.Face)
        {
            return origin.Coord.DistanceTo(destination.Coord);
        }

        var isClassIII = CoordIj.IsClassIII(resolution);
        var fine = isClassIII
            ? destination with { Coord = destination.Coord.ToCenterChild(resolution + 1) }
            : destination;
        var baseStep = FaceIj.StepsPerBaseStep(isClassIII ? resolution + 1 : resolution);
        int? shortest = null;
        for (var crossings = 1; crossings <= 2 && shortest is null; crossings++)
        {
            Unfold(fine, crossings, -1);
        }

        if (shortest is not null && FaceIj.EdgeBetween(origin.Face, destination.Face) is null)
        {
            Unfold(fine, 3, -1);
        }

        return shortest;

        void Unfold(FaceIj place, int crossings, int cameFrom)
        {
            if (crossings == 0)
            {
                if (place.Face == origin.Face)
                {
                    var coord = isClassIII ? place.Coord.ToParent(resolution + 1) : place.Coord;
                    shortest = Math.Min(shortest ?? int.MaxValue, origin.Coord.DistanceTo(coord));
                }

                return;
            }

            for (var edge = FaceEdge.IJ; edge <= FaceEdge.JK; edge++)
            {
                var crossed = place.Cross(edge, baseStep);
                if (crossed.Face != cameFrom)
                {
                    Unfold(crossed, crossings - 1, place.Face);
                }
            }
        }
    }
}
