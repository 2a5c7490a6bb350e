using System.Numerics;

namespace Bongsu.Core.Series;

/// <summary>The discrete Fourier transform of as many values as a power of two.</summary>
internal static class FourierTransform
{
    /// <summary>Transforms in place: Cooley and Tukey, decimation in time.</summary>
    /// <param name="values">2^n values.</param>
    /// <param name="isInverse">The other direction, without the factor 1/n.</param>
    public static void Transform(Span<Complex> values, bool isInverse = false)
    {
        Permute(values);
        for (int size = 2; size <= values.Length; size *= 2)
        {
            Complex[] roots = new Complex[size / 2];
            for (int root = 0; root < roots.Length; root++)
            {
                roots[root] = Complex.FromPolarCoordinates(1, (isInverse ? 2 : -2) * Math.PI * root / size);
            }

            for (int start = 0; start < values.Length; start += size)
            {
                Span<Complex> low = values.Slice(start, size / 2);
                Span<Complex> high = values.Slice(start + (size / 2), size / 2);
                for (int index = 0; index < low.Length; index++)
                {
                    Complex turned = high[index] * roots[index];
                    high[index] = low[index] - turned;
                    low[index] += turned;
                }
            }
        }
    }

    private static void Permute(Span<Complex> values)
    {
        int reversed = 0;
        for (int index = 1; index < values.Length; index++)
        {
            int bit = values.Length / 2;
            for (; (reversed & bit) != 0; bit /= 2)
            {
                reversed ^= bit;
            }

            reversed |= bit;
            if (index < reversed)
            {
                (values[index], values[reversed]) = (values[reversed], values[index]);
            }
        }
    }
}
