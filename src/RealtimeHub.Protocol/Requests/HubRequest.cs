using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Requests;

/// <summary>The one argument of a hub method. Every member is optional to the binder, so that a wrong type gets an error of ours.</summary>
public abstract record HubRequest
{
    /// <summary>Members that could not be read; the server refuses the request with them. Not on the wire.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError>? BindingErrors { get; set; }
}
