using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace RealtimeHub.Protocol.Channels;

/// <summary>The validated name of a governed channel: a family, and for most families an id (<c>events</c>, <c>job:42</c>).</summary>
/// <remarks>
/// At most 200 characters. The family is lower-case letters, digits and hyphens; each part after it holds letters,
/// digits and <c>. _ - ~</c> and is neither <c>.</c> nor <c>..</c>. Names are trimmed before anything else.
/// </remarks>
public readonly record struct ChannelName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 200;

    private static readonly SearchValues<char> FamilyChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SearchValues<char> IdChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-~");

    private readonly string? _value;

    private ChannelName(string value, int familyLength)
    {
        _value = value;
        FamilyLength = familyLength;
    }

    /// <summary>The whole name.</summary>
    public string Value => _value ?? "";

    /// <summary>The part before the first colon.</summary>
    public ReadOnlySpan<char> Family => Value.AsSpan(0, FamilyLength);

    /// <summary>The part after the first colon; empty for a family without ids.</summary>
    public ReadOnlySpan<char> Id => FamilyLength < Value.Length ? Value.AsSpan(FamilyLength + 1) : default;

    private int FamilyLength { get; }

    /// <summary>Validates a name.</summary>
    /// <param name="text">The name, possibly with blanks around it.</param>
    /// <param name="name">The name, when it is valid.</param>
    /// <param name="reason">What is wrong with it, when it is not.</param>
    public static bool TryParse(string? text, out ChannelName name, [NotNullWhen(false)] out string? reason)
    {
        name = default;
        var value = text?.Trim() ?? "";
        if (value.Length is 0 or > MaxLength)
        {
            reason = $"A channel name has 1 to {MaxLength} characters; this one has {value.Length}.";
            return false;
        }

        var parts = value.Split(':');
        if (parts[0].Length == 0 || parts[0].AsSpan().ContainsAnyExcept(FamilyChars))
        {
            reason = "A channel name starts with its family: lower-case letters, digits and hyphens.";
            return false;
        }

        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i].Length == 0 || parts[i] is "." or ".." || parts[i].AsSpan().ContainsAnyExcept(IdChars))
            {
                reason = "Each part of a channel name after the family holds letters, digits and . _ - ~ and is not empty.";
                return false;
            }
        }

        name = new ChannelName(value, parts[0].Length);
        reason = null;
        return true;
    }

    /// <summary>Validates a name that code has built.</summary>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public static ChannelName Parse(string text) =>
        TryParse(text, out var name, out var reason) ? name : throw new ArgumentException(reason, nameof(text));

    /// <summary>The whole name.</summary>
    public override string ToString() => Value;
}
