using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Alert.Judges;

/// <summary>Values of any numeric column as the numbers judges count with.</summary>
internal static class VectorNumbers
{
    /// <summary>The number in a row: a time span in seconds; NaN for null and for what is no number.</summary>
    public static double NumberAt(this Vector vector, int row)
    {
        if (vector.IsNull(row))
        {
            return double.NaN;
        }

        return vector.Type switch
        {
            ScalarType.Int => ((FixedVector<int>)vector)[row],
            ScalarType.Long => ((FixedVector<long>)vector)[row],
            ScalarType.Real => ((FixedVector<double>)vector)[row],
            ScalarType.Decimal => (double)((FixedVector<decimal>)vector)[row],
            ScalarType.TimeSpan => (double)((FixedVector<long>)vector)[row] / TimeSpan.TicksPerSecond,
            _ => double.NaN,
        };
    }
}
