using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Inverse of the cumulative beta distribution.</summary>
internal sealed class BetaInv() : BetaFunction<BetaInv.Operation>("beta_inv", "probability")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<double>>
    {
        public void Append(in Row row, FixedVectorBuilder<double> output)
        {
            (double x, double a, double b) = (row.Real(0), row.Real(1), row.Real(2));
            bool isValid = x is >= 0 and <= 1 && a > 0 && b > 0;
            output.Append(isValid ? SpecialFunctions.InverseIncompleteBeta(x, a, b) : double.NaN);
        }
    }
}
