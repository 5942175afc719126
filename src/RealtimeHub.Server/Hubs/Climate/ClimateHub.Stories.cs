using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs.Climate;

// What the frames of a box say, for stories and focused maps.
internal sealed partial class ClimateHub
{
    [RequiresScope(Scopes.ClimateRead)]
    public async Task<StoryNodeResult> GetStoryNode(StoryRequest request)
    {
        var (story, error) = await MakeAsync(request);
        return new StoryNodeResult { Story = story, Error = error };
    }

    [RequiresScope(Scopes.ClimateRead)]
    public async Task<FocusModeResult> GetFocusMode(StoryRequest request)
    {
        var (story, error) = await MakeAsync(request);
        return story is null
            ? new FocusModeResult { Error = error }
            : new FocusModeResult { Story = story, Contexts = Stories.FocusContexts.Of(story) };
    }

    private async Task<(StoryNode? Story, ProtocolError? Error)> MakeAsync(StoryRequest request)
    {
        try
        {
            return await stories.MakeAsync(request, Principal, activity => connections.Book(Context, activity), Context.ConnectionAborted);
        }
        catch (OperationCanceledException) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            return (null, ErrorCodes.Unavailable.With("The connection is closing."));
        }
    }
}
