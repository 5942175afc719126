namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>A camera of the sample household.</summary>
/// <param name="Id">Its id in payloads.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Place">Where something happens that it sees, as part of a sentence.</param>
internal sealed record SampleCamera(string Id, string Name, string Place)
{
    public static readonly SampleCamera FrontDoor = new("front_door", "Front Door", "at the front door");
    public static readonly SampleCamera BackYard = new("back_yard", "Back Yard", "in the back yard");
    public static readonly SampleCamera Driveway = new("driveway", "Driveway", "in the driveway");
    public static readonly SampleCamera Garage = new("garage", "Garage", "in front of the garage");

    public static IReadOnlyList<SampleCamera> All { get; } = [FrontDoor, BackYard, Driveway, Garage];
}
