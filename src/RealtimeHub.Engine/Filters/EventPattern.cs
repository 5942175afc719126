namespace RealtimeHub.Engine.Filters;

/// <summary>A shell-style pattern of event types: <c>*</c> crosses dots, <c>?</c> is one character, <c>[ab]</c> one of a set, <c>[!ab]</c> one not of it.</summary>
/// <remarks>Immutable. Letters are compared without case; a dot and an underscore mean the same. No allocation when matching.</remarks>
public sealed class EventPattern : IEquatable<EventPattern>
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int MaxLength = 1024;

    private readonly string _folded;

    private EventPattern(string text)
    {
        Text = text;
        _folded = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Fold(source[i]);
            }
        });
    }

    /// <summary>The pattern in lower case.</summary>
    public string Text { get; }

    /// <summary>Whether it matches every type.</summary>
    public bool MatchesAll => _folded is "*";

    /// <summary>Reads a pattern of 1 to <see cref="MaxLength"/> characters.</summary>
    public static bool TryParse(string? text, out EventPattern pattern)
    {
        var trimmed = text?.Trim() ?? "";
        pattern = new EventPattern(trimmed.ToLowerInvariant());
        return trimmed.Length is > 0 and <= MaxLength;
    }

    /// <summary>Whether a type matches.</summary>
    public bool Matches(ReadOnlySpan<char> type)
    {
        var (p, t, star, resume) = (0, 0, -1, 0);
        while (t < type.Length)
        {
            if (p < _folded.Length && _folded[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < _folded.Length && MatchesOne(ref p, Fold(type[t])))
            {
                t++;
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (p < _folded.Length && _folded[p] == '*')
        {
            p++;
        }

        return p == _folded.Length;
    }

    /// <inheritdoc />
    public bool Equals(EventPattern? other) => other is not null && _folded == other._folded;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as EventPattern);

    /// <inheritdoc />
    public override int GetHashCode() => _folded.GetHashCode(StringComparison.Ordinal);

    /// <summary>The pattern in lower case.</summary>
    public override string ToString() => Text;

    private static char Fold(char c) => c == '_' ? '.' : char.ToLowerInvariant(c);

    // Moves past one element of the pattern if it matches the character.
    private bool MatchesOne(ref int p, char c)
    {
        switch (_folded[p])
        {
            case '?':
                p++;
                return true;
            case '[' when SetEnd(p) is > 0 and var close:
                var set = _folded.AsSpan(p + 1, close - p - 1);
                var isNegated = set[0] == '!';
                if (IsInSet(isNegated ? set[1..] : set, c) == isNegated)
                {
                    return false;
                }

                p = close + 1;
                return true;
            default:
                if (_folded[p] != c)
                {
                    return false;
                }

                p++;
                return true;
        }
    }

    // A closing bracket that comes first in a set, negated or not, is one of its characters.
    private int SetEnd(int open)
    {
        var first = open + 1;
        if (first < _folded.Length && _folded[first] == '!')
        {
            first++;
        }

        return _folded.IndexOf(']', Math.Min(first + 1, _folded.Length));
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
