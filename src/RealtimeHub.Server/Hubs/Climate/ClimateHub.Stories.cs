using RealtimeHub.Protocol.Climate;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs.Climate;

// What the frames of a box say, for stories and focused maps.
internal sealed partial class ClimateHub
{
    [RequiresScope(Scopes.ClimateRead)]
    public async Task<StoryNodeResult> GetStoryNode(StoryRequest request)
    {
        var (story, error) = await stories.MakeAsync(request, Principal, Context.ConnectionAborted);
        return new StoryNodeResult { Story = story, Error = error };
    }

    [RequiresScope(Scopes.ClimateRead)]
    public async Task<FocusModeResult> GetFocusMode(StoryRequest request)
    {
        var (story, error) = await stories.MakeAsync(request, Principal, Context.ConnectionAborted);
        return story is null
            ? new FocusModeResult { Error = error }
            : new FocusModeResult { Story = story, Contexts = Stories.FocusContexts.Of(story) };
    }
}
