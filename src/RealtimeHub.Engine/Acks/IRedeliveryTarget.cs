namespace RealtimeHub.Engine.Acks;

/// <summary>A live subscription of a consumer.</summary>
internal interface IRedeliveryTarget
{
    /// <summary>Everything up to this offset was sent once.</summary>
    long Served { get; }

    /// <summary>Sends a frame again, soon. Never waits.</summary>
    void Redeliver(PendingAck pending);
}
