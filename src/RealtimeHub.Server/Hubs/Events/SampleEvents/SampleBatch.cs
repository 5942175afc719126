namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>Detections of one camera that belong together. Not thread-safe.</summary>
internal sealed class SampleBatch(string id, SampleCamera camera, DateTimeOffset startedAt)
{
    private readonly List<int> _detectionIds = [];
    private readonly List<string> _labels = [];

    public string Id { get; } = id;

    public SampleCamera Camera { get; } = camera;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset LastSeen { get; private set; } = startedAt;

    /// <summary>What was detected last.</summary>
    public string LastLabel { get; private set; } = "";

    public double BestConfidence { get; private set; }

    public IReadOnlyList<int> DetectionIds => _detectionIds;

    /// <summary>What was detected, each kind once.</summary>
    public IReadOnlyList<string> Labels => _labels;

    public void Add(int detectionId, string label, double confidence, DateTimeOffset at)
    {
        _detectionIds.Add(detectionId);
        if (!_labels.Contains(label))
        {
            _labels.Add(label);
        }

        LastLabel = label;
        BestConfidence = Math.Max(BestConfidence, confidence);
        LastSeen = at;
    }
}
