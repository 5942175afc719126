namespace RealtimeHub.Protocol.Errors;

/// <summary>The table of error codes: all that hubs, streams and the HTTP API answer with.</summary>
public static class ErrorCodes
{
    /// <summary>A member is missing, has the wrong type, or is out of range; <c>details.errors</c> names each.</summary>
    public static readonly ErrorCode InvalidRequest =
        new("INVALID_REQUEST", false, 400, "A member of the request is missing, has the wrong type or is out of range.");

    /// <summary>The channel name is badly formed.</summary>
    public static readonly ErrorCode InvalidChannel = new("INVALID_CHANNEL", false, 400, "The channel name is badly formed.");

    /// <summary>The published payload does not fit its type.</summary>
    public static readonly ErrorCode InvalidPayload = new("INVALID_PAYLOAD", false, 400, "The payload does not fit its event type.");

    /// <summary>No credential, or one that is not known.</summary>
    public static readonly ErrorCode Unauthorized = new("UNAUTHORIZED", false, 401, "No credential was given, or it is not known.");

    /// <summary>The credential does not carry the scope.</summary>
    public static readonly ErrorCode Forbidden = new("FORBIDDEN", false, 403, "The credential lacks the scope.");

    /// <summary>The caller may not read or write this channel.</summary>
    public static readonly ErrorCode ChannelForbidden = new("CHANNEL_FORBIDDEN", false, 403, "The caller may not use this channel.");

    /// <summary>Only the server publishes to this channel.</summary>
    public static readonly ErrorCode ChannelReadOnly = new("CHANNEL_READ_ONLY", false, 403, "Only the server itself publishes to this channel.");

    /// <summary>There is no such channel on this hub.</summary>
    public static readonly ErrorCode ChannelNotFound = new("CHANNEL_NOT_FOUND", false, 404, "There is no such channel.");

    /// <summary>There is no such job.</summary>
    public static readonly ErrorCode JobNotFound = new("JOB_NOT_FOUND", true, 404, "There is no such job, or it is forgotten.");

    /// <summary>The job has ended; nothing can be added to it.</summary>
    public static readonly ErrorCode JobFinished = new("JOB_FINISHED", false, 409, "The job has ended.");

    /// <summary>There is no subscription with this id on the connection.</summary>
    public static readonly ErrorCode SubscriptionNotFound =
        new("SUBSCRIPTION_NOT_FOUND", false, 404, "The connection has no such subscription.");

    /// <summary>The channel is already subscribed under another id, or the id is used for another channel.</summary>
    public static readonly ErrorCode SubscriptionConflict =
        new("SUBSCRIPTION_CONFLICT", false, 409, "The id or the channel is already subscribed otherwise.");

    /// <summary>The connection holds as many subscriptions as it may.</summary>
    public static readonly ErrorCode MaxSubscriptionsReached =
        new("MAX_SUBSCRIPTIONS_REACHED", false, 409, "The connection holds as many subscriptions as it may.");

    /// <summary>The user has as many consumers as it may.</summary>
    public static readonly ErrorCode MaxConsumersReached =
        new("MAX_CONSUMERS_REACHED", false, 409, "The user has as many consumers as it may.");

    /// <summary>The node holds as many channels as it may.</summary>
    public static readonly ErrorCode ChannelLimit = new("CHANNEL_LIMIT", true, 503, "The server holds as many channels as it may.");

    /// <summary>The idempotency key was used for another request.</summary>
    public static readonly ErrorCode IdempotencyConflict =
        new("IDEMPOTENCY_CONFLICT", false, 422, "The idempotency key was used for another request.");

    /// <summary>The message is larger than allowed.</summary>
    public static readonly ErrorCode MessageTooLarge = new("MESSAGE_TOO_LARGE", false, 413, "The message is larger than allowed.");

    /// <summary>Too many requests; <c>retry_after_ms</c> says when to come again.</summary>
    public static readonly ErrorCode RateLimit = new("RATE_LIMIT", true, 429, "Too many requests.");

    /// <summary>The channel store or another service behind the hub is away.</summary>
    public static readonly ErrorCode Unavailable = new("UNAVAILABLE", true, 503, "A service that this needs is away.");

    /// <summary>The server failed; the cause is in its log.</summary>
    public static readonly ErrorCode InternalError = new("INTERNAL_ERROR", true, 500, "The server failed.");

    /// <summary>A policy refuses: nothing is left to show here; <c>details.policy</c> names it.</summary>
    public static readonly ErrorCode CarePolicyViolation =
        new("CARE_POLICY_VIOLATION", false, 403, "A policy protects what was asked for.");

    /// <summary>A policy allows less of this here; the same request gets the same answer, <c>details.limit</c> says what would be granted.</summary>
    public static readonly ErrorCode CareThrottled =
        new("CARE_THROTTLED", false, 429, "A policy allows less of this in this place.");

    /// <summary>The explanation method does not fit the model; the message says which do.</summary>
    public static readonly ErrorCode MethodNotApplicable =
        new("METHOD_NOT_APPLICABLE", false, 400, "The explanation method does not fit the model.");

    /// <summary>There is nothing under this name that the caller may see.</summary>
    public static readonly ErrorCode NotFound = new("NOT_FOUND", false, 404, "There is nothing under this name that the caller may see.");

    /// <summary>Every code, in the order of the table in PROTOCOL.md.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        InvalidRequest, InvalidChannel, InvalidPayload, Unauthorized, Forbidden, ChannelForbidden,
        ChannelReadOnly, ChannelNotFound, JobNotFound, JobFinished, SubscriptionNotFound, SubscriptionConflict,
        MaxSubscriptionsReached, MaxConsumersReached, ChannelLimit, IdempotencyConflict, MessageTooLarge, RateLimit,
        Unavailable, InternalError,
        CarePolicyViolation, CareThrottled, NotFound, MethodNotApplicable,
    ];
}
