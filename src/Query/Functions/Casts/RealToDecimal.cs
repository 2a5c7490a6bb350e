using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>The nearest decimal of 15 digits; null for NaN, infinities and out of range.</summary>
internal readonly struct RealToDecimal : IUnaryOperation<double, decimal>
{
    // (decimal)7.9228162514264337593543950335e28 would throw: the limit is the first double that does.
    private const double Limit = 7.9228162514264338e28;

    public static bool TryApply(double value, out decimal result)
    {
        if (value is > -Limit and < Limit)
        {
            result = (decimal)value;
            return true;
        }

        result = 0;
        return false;
    }
}
