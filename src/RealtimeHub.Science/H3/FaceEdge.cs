namespace RealtimeHub.Science.H3;

/// <summary>The edges of a face of the icosahedron, named after the two axes between which they lie.</summary>
internal enum FaceEdge
{
    IJ,
    KI,
    JK,
}
