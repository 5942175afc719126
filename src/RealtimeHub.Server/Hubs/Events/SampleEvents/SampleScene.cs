namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>A kind of thing that happens around the house.</summary>
/// <param name="Summary">What it looks like; the place follows.</param>
/// <param name="Because">Why it is as risky as it is.</param>
/// <param name="Cameras">Where it can be seen.</param>
/// <param name="Labels">What is detected in it.</param>
/// <param name="Day">How often it happens by day, and its usual risk score then.</param>
/// <param name="Night">The same by night.</param>
internal sealed record SampleScene(
    string Summary, string Because, SampleCamera[] Cameras, string[] Labels, (int Weight, int Score) Day, (int Weight, int Score) Night)
{
    private const string Person = "person";
    private const string Car = "car";
    private const string Dog = "dog";
    private const string Package = "package";

    public static IReadOnlyList<SampleScene> All { get; } =
    [
        new("The family's car comes home", "The car is known and the hour is usual.",
            [SampleCamera.Driveway, SampleCamera.Garage], [Car, Person], (18, 7), (6, 12)),
        new("A courier leaves a package", "The package stays, and deliveries are usual at this hour.",
            [SampleCamera.FrontDoor], [Person, Package], (16, 20), (1, 46)),
        new("The neighbour's dog strolls about", "No person is with the dog.",
            [SampleCamera.BackYard, SampleCamera.Driveway], [Dog], (12, 5), (8, 8)),
        new("Someone walks past", "The person does not stop.",
            [SampleCamera.FrontDoor, SampleCamera.Driveway], [Person], (20, 28), (8, 42)),
        new("A visitor rings the bell", "The face is not known; the person waits in plain sight.",
            [SampleCamera.FrontDoor], [Person], (14, 36), (2, 58)),
        new("An unknown car waits with its engine running", "The car is not known and nobody gets out.",
            [SampleCamera.Driveway], [Car], (9, 48), (5, 68)),
        new("Someone tries the handle of the garage door", "The person is not known and tests a lock.",
            [SampleCamera.Garage], [Person], (4, 66), (3, 80)),
        new("A person takes a package and leaves quickly", "The person did not bring the package.",
            [SampleCamera.FrontDoor], [Person, Package], (4, 74), (1, 84)),
        new("Someone climbs over the fence", "The way in is no entrance, and the face is hidden.",
            [SampleCamera.BackYard], [Person], (2, 86), (3, 92)),
    ];
}
