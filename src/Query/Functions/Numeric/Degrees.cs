using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Radians to degrees.</summary>
internal sealed class Degrees() : RealFunction<Degrees.Operation>("degrees")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = double.RadiansToDegrees(value);
            return true;
        }
    }
}
