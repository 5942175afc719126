namespace RealtimeHub.Science.Drivers;

internal static class ProfileLengths
{
    public static void Check(int first, int second, int third)
    {
        if (first != second || first != third)
        {
            throw new ArgumentException($"The members of a profile differ in length: {first}, {second} and {third} levels.");
        }
    }
}
