using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Degrees to radians.</summary>
internal sealed class Radians() : RealFunction<Radians.Operation>("radians")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = double.DegreesToRadians(value);
            return true;
        }
    }
}
