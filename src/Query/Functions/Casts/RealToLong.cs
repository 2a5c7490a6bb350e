using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Truncates toward zero; null for NaN and out of range.</summary>
internal readonly struct RealToLong : IUnaryOperation<double, long>
{
    private const double Limit = 9223372036854775808.0;

    public static bool TryApply(double value, out long result)
    {
        if (value is >= -Limit and < Limit)
        {
            result = (long)value;
            return true;
        }

        result = 0;
        return false;
    }
}
