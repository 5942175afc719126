namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>What a payload member holds.</summary>
internal enum FieldKind
{
    /// <summary>A short text or a whole number: databases number their rows, others name them.</summary>
    Id,

    /// <summary>A short text that is not empty.</summary>
    Name,

    /// <summary>A text of any length; the size of the whole message bounds it.</summary>
    Text,

    /// <summary>One of a set of words, in any case; delivered in lower case.</summary>
    Choice,

    /// <summary>An ISO 8601 instant; UTC where it names no offset.</summary>
    Timestamp,

    /// <summary>A number without a fraction.</summary>
    Whole,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A JSON object.</summary>
    Object,

    /// <summary>A JSON array.</summary>
    List,

    /// <summary>Anything: the sources disagree about its type.</summary>
    Any,
}
