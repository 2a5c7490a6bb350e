namespace Bongsu.Query.Functions.Numeric;

/// <summary>Gamma, error and incomplete beta functions in double precision.</summary>
internal static class SpecialFunctions
{
    private const double Tiny = 1e-300;

    // Lanczos' approximation with g = 7 and nine terms (SIAM J. Numer. Anal. 1, 1964); coefficients after Godfrey.
    private static readonly double[] s_lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>NaN at the poles 0, -1, -2 …</summary>
    public static double Gamma(double x)
    {
        if (x == Math.Floor(x) && x is > 0 and < 171)
        {
            double factorial = 1;
            for (int factor = 2; factor < x; factor++)
            {
                factorial *= factor;
            }

            return factorial;
        }

        if (x < 0.5)
        {
            return x == Math.Floor(x) ? double.NaN : Math.PI / (Math.Sin(Math.PI * x) * Gamma(1 - x));
        }

        return x > 171.7 ? double.PositiveInfinity : Math.Exp(LogGamma(x));
    }

    public static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return x == Math.Floor(x) ? double.PositiveInfinity : Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        }

        x--;
        double sum = s_lanczos[0];
        for (int term = 1; term < s_lanczos.Length; term++)
        {
            sum += s_lanczos[term] / (x + term);
        }

        double t = x + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    public static double Erf(double x) => Math.Abs(x) < 2 ? ErfSeries(x) : 1 - Erfc(x);

    /// <summary>Exact to about 1e-15 relative also where it is tiny.</summary>
    public static double Erfc(double x)
    {
        if (x < 0)
        {
            return 2 - Erfc(-x);
        }

        if (x < 2)
        {
            return 1 - ErfSeries(x);
        }

        // Continued fraction, Abramowitz and Stegun 7.1.14, from the tail.
        double fraction = 0;
        for (int term = 60; term >= 1; term--)
        {
            fraction = term / 2.0 / (x + fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }

    /// <summary>Regularised incomplete beta function I_x(a, b): continued fraction, DLMF 8.17.22, by Lentz'
    /// method.</summary>
    public static double IncompleteBeta(double x, double a, double b)
    {
        if (x is 0 or 1)
        {
            return x;
        }

        // The fraction converges quickly below the mean only.
        if (x > (a + 1) / (a + b + 2))
        {
            return 1 - IncompleteBeta(1 - x, b, a);
        }

        double front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) / a;
        double c = 1;
        double d = Reciprocal(1 - ((a + b) * x / (a + 1)));
        double fraction = d;
        for (int m = 1; m <= 500; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = Reciprocal(1 + (even * d));
            c = NonZero(1 + (even / c));
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = Reciprocal(1 + (odd * d));
            c = NonZero(1 + (odd / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return front * fraction;
    }

    /// <summary>The x for which <see cref="IncompleteBeta"/> is a probability, by bisection.</summary>
    public static double InverseIncompleteBeta(double probability, double a, double b)
    {
        (double low, double high) = (0, 1);
        for (int step = 0; step < 200 && high > low; step++)
        {
            double middle = (low + high) / 2;
            if (middle == low || middle == high)
            {
                break;
            }

            (low, high) = IncompleteBeta(middle, a, b) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // Maclaurin series, Abramowitz and Stegun 7.1.6: all terms of one sign.
    private static double ErfSeries(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < 100 && Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Reciprocal(double value) => 1 / NonZero(value);

    private static double NonZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
