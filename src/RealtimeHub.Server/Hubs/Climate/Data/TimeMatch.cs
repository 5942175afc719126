namespace RealtimeHub.Server.Hubs.Climate.Data;

internal enum TimeMatch
{
    /// <summary>The source has this time.</summary>
    Exact,

    /// <summary>The source has an earlier and a later time; what is between has to be modelled.</summary>
    Between,

    /// <summary>Before everything the source has.</summary>
    TooEarly,

    /// <summary>After everything the source has.</summary>
    TooLate,
}
