using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>Decides what happens, and puts all that is said of it on the agenda. Not thread-safe.</summary>
internal sealed class SampleStory(SampleRandom random, SampleAgenda agenda, DateTimeOffset start)
{
    // A batch closes when it holds this much, or after this long without a detection.
    private const int MaxBatchSize = 6;

    // From here to there it is day.
    private const int DayFromHour = 6;
    private const int DayToHour = 21;

    private static readonly TimeSpan IdleBatch = TimeSpan.FromSeconds(30);

    private readonly Dictionary<SampleCamera, DateTimeOffset> _busyUntil = SampleCamera.All.ToDictionary(camera => camera, _ => start);
    private int _detections;
    private int _batches;
    private int _events;
    private int _sceneChanges;

    /// <summary>When something happens next.</summary>
    public DateTimeOffset NextAt { get; private set; } = start + TimeSpan.FromSeconds(1);

    /// <summary>Lets it happen.</summary>
    public void GoOn()
    {
        var at = NextAt;
        NextAt = at + (IsDay(at) ? random.Seconds(3, 15) : random.Seconds(8, 40));

        // A camera shows one thing at a time, and nothing while it is off.
        var free = SampleCamera.All.Where(camera => _busyUntil[camera] <= at).ToList();
        if (free.Count == 0)
        {
            return;
        }

        if (random.Chance(0.03))
        {
            LoseCamera(random.Pick(free), at);
        }
        else if (random.Chance(0.02))
        {
            ChangeView(random.Pick(free), at);
        }
        else
        {
            var scenes = SampleScene.All.Where(scene => scene.Cameras.Any(free.Contains)).ToList();
            var scene = random.Pick(scenes, s => IsDay(at) ? s.Day.Weight : s.Night.Weight);
            Show(scene, random.Pick(scene.Cameras.Where(free.Contains).ToList()), at);
        }
    }

    private static bool IsDay(DateTimeOffset at) => at.UtcDateTime.Hour is >= DayFromHour and < DayToHour;

    private void Show(SampleScene scene, SampleCamera camera, DateTimeOffset at)
    {
        var batch = new SampleBatch($"batch_{++_batches:x6}", camera, at);
        Detect(scene, batch);
        _busyUntil[camera] = batch.LastSeen + IdleBatch;

        var isFull = batch.DetectionIds.Count == MaxBatchSize;
        var closed = isFull ? batch.LastSeen : batch.LastSeen + IdleBatch;
        agenda.Add(SamplePayloads.BatchClosed(batch, isFull ? "max_size" : "idle", closed));

        var started = closed + random.Seconds(0.05, 0.3);
        var completed = started + random.Seconds(1.5, 6);
        agenda.Add(SamplePayloads.AnalysisStarted(batch, started));

        var finding = Judge(scene, batch);
        agenda.Add(SamplePayloads.AnalysisCompleted(batch, finding, completed - started, completed));
        agenda.Add(SamplePayloads.SecurityEvent(batch, finding, completed));
        if (finding.Level is SeverityBands.High or SeverityBands.Critical)
        {
            RaiseAlert(batch, finding, completed + random.Seconds(0.1, 0.5));
        }
    }

    private void Detect(SampleScene scene, SampleBatch batch)
    {
        var count = random.Whole(Math.Max(2, scene.Labels.Length), MaxBatchSize);
        var boxes = Array.ConvertAll(scene.Labels, _ => Box());
        var at = batch.StartedAt;
        for (var i = 0; i < count; i++)
        {
            var which = i % scene.Labels.Length;
            var confidence = Math.Round(random.Between(0.62, 0.99), 2);
            boxes[which] = boxes[which].Moved(random.Between(-0.06, 0.06), random.Between(-0.03, 0.03));
            batch.Add(++_detections, scene.Labels[which], confidence, at);
            agenda.Add(SamplePayloads.Detection(batch, confidence, boxes[which], at));
            at += random.Seconds(0.4, 2.5);
        }
    }

    private SampleBox Box()
    {
        var width = Math.Round(random.Between(0.08, 0.4), 3);
        var height = Math.Round(random.Between(0.1, 0.6), 3);
        return new SampleBox(random.Between(0, 1 - width), random.Between(0, 1 - height), width, height);
    }

    private SampleFinding Judge(SampleScene scene, SampleBatch batch)
    {
        var usual = IsDay(batch.StartedAt) ? scene.Day.Score : scene.Night.Score;

        // The mean of two numbers: most scores lie close to the usual one.
        var score = (int)Math.Clamp(Math.Round(usual + (random.Between(-14, 14) + random.Between(-14, 14)) / 2), 0, SeverityBands.MaxScore);
        var hour = IsDay(batch.StartedAt) ? "by day" : "at night";
        var seconds = (batch.LastSeen - batch.StartedAt).TotalSeconds;
        return new SampleFinding(
            ++_events,
            score,
            SeverityBands.LevelOf(score)!,
            $"{scene.Summary} {batch.Camera.Place} {hour}.",
            FormattableString.Invariant(
                $"{scene.Because} {batch.DetectionIds.Count} detections ({string.Join(", ", batch.Labels)}) in {seconds:0.0} s, the best with {batch.BestConfidence:0.00}."));
    }

    private void RaiseAlert(SampleBatch batch, SampleFinding finding, DateTimeOffset at)
    {
        var id = random.NextGuid();
        agenda.Add(SamplePayloads.AlertCreated(id, batch, finding, at));

        var seen = at + random.Seconds(20, 300);
        agenda.Add(SamplePayloads.AlertStep("alert.acknowledged", "acknowledged_at", id, finding, seen));
        var (type, member) = random.Chance(0.7) ? ("alert.resolved", "resolved_at") : ("alert.dismissed", "dismissed_at");
        agenda.Add(SamplePayloads.AlertStep(type, member, id, finding, seen + random.Seconds(30, 600)));
    }

    private void LoseCamera(SampleCamera camera, DateTimeOffset at)
    {
        var back = at + random.Seconds(30, 240);
        var reason = random.Pick(["No picture for 10 s.", "The network link is down.", "The power supply failed."]);
        _busyUntil[camera] = back;
        agenda.Add(SamplePayloads.CameraOffline(camera, reason, at));
        agenda.Add(SamplePayloads.CameraOnline(camera, back));
    }

    private void ChangeView(SampleCamera camera, DateTimeOffset at)
    {
        var id = ++_sceneChanges;
        var change = random.Pick(["view_blocked", "angle_changed", "view_tampered", "unknown"]);
        agenda.Add(SamplePayloads.SceneChange(id, camera, change, Math.Round(random.Between(0.05, 0.55), 2), at));
        agenda.Add(SamplePayloads.SceneChangeAcknowledged(id, camera, at + random.Seconds(30, 400)));
    }
}
