using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Truncates toward zero; null out of range.</summary>
internal readonly struct DecimalToLong : IUnaryOperation<decimal, long>
{
    public static bool TryApply(decimal value, out long result)
    {
        value = decimal.Truncate(value);
        bool fits = value is >= long.MinValue and <= long.MaxValue;
        result = fits ? (long)value : 0;
        return fits;
    }
}
