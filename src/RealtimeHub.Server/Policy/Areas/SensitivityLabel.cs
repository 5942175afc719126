namespace RealtimeHub.Server.Policy.Areas;

/// <summary>How sensitive an area is: the four labels, one to one with the levels L1 to L4. Later ones are stronger.</summary>
internal enum SensitivityLabel
{
    Public,
    Community,
    Sensitive,
    Sacred,
}
