using RealtimeHub.Protocol.Climate;
using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Masking;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>A recipe with what it stands for: the source as it may be seen, the mask, and the index of the analysis.</summary>
internal sealed record GridQuestion(FrameRecipe Recipe, IFieldSource Source, GridMask Mask, int AnalysisIndex)
{
    public FieldGrid Grid => Source.Catalogue.Grid;

    public long LeadSeconds => (long)(Recipe.Time - Recipe.AnalysisTime).TotalSeconds;

    /// <summary>Whether the model is asked: between analyses that are not too far apart, and for members of the ensemble.</summary>
    public bool IsPredictable => (LeadSeconds > 0 || Recipe.Member > 0) && LeadSeconds <= ClimateFeatures.StepSeconds;
}
