namespace RealtimeHub.Science.Explain;

/// <summary>The path to one leaf: the distinct features it asks ("slots"), and where its table starts.</summary>
/// <param name="turns">One bit per place of the tree: set where the path goes right.</param>
/// <param name="tableStart">Where the leaf's lines start in the common table.</param>
internal struct LeafTable(ulong turns, int tableStart)
{
    /// <summary>As many as the deepest tree can ask; six, so that all of it lies in the struct.</summary>
    private SlotPlaces _places;
    private SlotFeatures _features;

    public readonly int TableStart => tableStart;

    public int SlotCount { get; private set; }

    public readonly int FeatureOf(int slot) => _features[slot];

    /// <summary>One bit per slot: set where a row with these outcomes meets every condition the path puts on the feature.</summary>
    public readonly int PassedSlots(ulong outcomes)
    {
        var differs = outcomes ^ turns;
        var passed = 0;
        for (var slot = 0; slot < SlotCount; slot++)
        {
            passed |= (differs & _places[slot]) == 0 ? 1 << slot : 0;
        }

        return passed;
    }

    /// <summary>Adds a place of the path that asks a feature.</summary>
    public void Add(int place, int feature)
    {
        var slot = 0;
        while (slot < SlotCount && _features[slot] != feature)
        {
            slot++;
        }

        _features[slot] = (byte)feature;
        _places[slot] |= 1UL << place;
        SlotCount = Math.Max(SlotCount, slot + 1);
    }

    [System.Runtime.CompilerServices.InlineArray(Trees.TreeEnsemble.MaxDepth)]
    private struct SlotPlaces
    {
        private ulong _first;
    }

    [System.Runtime.CompilerServices.InlineArray(Trees.TreeEnsemble.MaxDepth)]
    private struct SlotFeatures
    {
        private byte _first;
    }
}
