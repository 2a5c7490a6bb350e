using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Density of the beta distribution.</summary>
internal sealed class BetaPdf() : BetaFunction<BetaPdf.Operation>("beta_pdf", "x")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<double>>
    {
        public void Append(in Row row, FixedVectorBuilder<double> output)
        {
            (double x, double a, double b) = (row.Real(0), row.Real(1), row.Real(2));
            bool isValid = x is >= 0 and <= 1 && a > 0 && b > 0;
            double logBeta = SpecialFunctions.LogGamma(a) + SpecialFunctions.LogGamma(b) - SpecialFunctions.LogGamma(a + b);
            output.Append(isValid ? Math.Exp(((a - 1) * Math.Log(x)) + ((b - 1) * Math.Log(1 - x)) - logBeta) : double.NaN);
        }
    }
}
