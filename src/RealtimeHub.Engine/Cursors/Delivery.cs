using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine.Cursors;

/// <summary>One thing that a cursor hands to its reader, in its place in the order.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Frame">The frame, with <see cref="DeliveryKind.Frame"/>.</param>
/// <param name="Notice">The wire record, with every kind that has one.</param>
internal readonly record struct Delivery(DeliveryKind Kind, Frame? Frame = null, object? Notice = null);
