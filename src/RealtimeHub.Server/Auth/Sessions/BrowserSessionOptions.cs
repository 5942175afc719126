using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.Auth.Sessions;

/// <summary>Browser sessions.</summary>
public sealed class BrowserSessionOptions
{
    /// <summary>The cookie's name. Default <c>rthub.sid</c>.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9._-]{1,100}$", ErrorMessage = "CookieName holds 1 to 100 letters, digits and . _ -.")]
    public string CookieName { get; set; } = "rthub.sid";

    /// <summary>How long a session lasts, unless its credential ends before. Default 8 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How many sessions there may be. Default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>Whether the cookie goes along on navigation from other sites. Default <see cref="SameSiteMode.Strict"/>.</summary>
    public SameSiteMode SameSite { get; set; } = SameSiteMode.Strict;
}
