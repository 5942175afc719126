using System.Diagnostics.CodeAnalysis;

namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>A field, or why there is none.</summary>
internal readonly record struct FieldRead(FieldReadStatus Status, Field? Field, string? Why)
{
    [MemberNotNullWhen(true, nameof(Field))]
    [MemberNotNullWhen(false, nameof(Why))]
    public bool IsRead => Status == FieldReadStatus.Read;

    public static FieldRead Of(Field field) => new(FieldReadStatus.Read, field, null);

    public static FieldRead None(FieldReadStatus status, string why) => new(status, null, why);
}
