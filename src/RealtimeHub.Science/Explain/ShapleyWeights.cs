namespace RealtimeHub.Science.Explain;

/// <summary>The factorial weights of Shapley values.</summary>
internal static class ShapleyWeights
{
    /// <summary>|S|! (M − |S| − 1)! / M! = 1 / (M · C(M − 1, |S|)); the binomial is exact for the sizes in use.</summary>
    public static double Of(int coalitionSize, int players)
    {
        var choose = 1L;
        for (var k = 1; k <= coalitionSize; k++)
        {
            choose = choose * (players - k) / k;
        }

        return 1.0 / (players * choose);
    }
}
