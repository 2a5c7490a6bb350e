using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Cumulative beta distribution.</summary>
internal sealed class BetaCdf() : BetaFunction<BetaCdf.Operation>("beta_cdf", "x")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<double>>
    {
        public void Append(in Row row, FixedVectorBuilder<double> output)
        {
            (double x, double a, double b) = (row.Real(0), row.Real(1), row.Real(2));
            bool isValid = x is >= 0 and <= 1 && a > 0 && b > 0;
            output.Append(isValid ? SpecialFunctions.IncompleteBeta(x, a, b) : double.NaN);
        }
    }
}
