namespace Bongsu.Core.Series;

/// <summary>Quantiles of the normal distribution.</summary>
internal static class NormalQuantile
{
    private const int MaxSteps = 12;

    /// <summary>How many standard deviations above the mean the quantile lies.</summary>
    /// <param name="share">0 to 1; what is nearer to them than a hundredth counts as that.</param>
    public static double At(double share)
    {
        if (share < 0.5)
        {
            return -At(1 - share);
        }

        // Newton's steps from the middle: the distribution is concave above it, so that they never go too far.
        double wanted = Math.Min(share, 0.99) - 0.5;
        double place = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            double density = Math.Exp(-place * place / 2) / Math.Sqrt(2 * Math.PI);
            place += (wanted - AboveMiddle(place, density)) / density;
        }

        return place;
    }

    // The share between the middle and a place: the density times x + x³/3 + x⁵/(3·5) + …
    private static double AboveMiddle(double place, double density)
    {
        double term = place;
        double sum = place;
        for (int odd = 3; term > sum * 1e-17; odd += 2)
        {
            term *= place * place / odd;
            sum += term;
        }

        return density * sum;
    }
}
