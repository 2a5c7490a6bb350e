using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>The complementary error function.</summary>
internal sealed class Erfc() : RealFunction<Erfc.Operation>("erfc")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = SpecialFunctions.Erfc(value);
            return true;
        }
    }
}
