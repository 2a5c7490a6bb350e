using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Rounds half away from zero to a number of places, which may be negative; the type is kept.</summary>
internal sealed class Round() : SignedFunction("round(x:any, precision:long?) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        ScalarType type = types[0] == ScalarType.Dynamic ? ScalarType.Real : types[0];
        if (!type.IsNumeric())
        {
            throw new FunctionException($"round() expects a number, got {type.Name()}", 0);
        }

        types[0] = type;
        return type switch
        {
            ScalarType.Real => new RowKernel<FixedVectorBuilder<double>, OfReal>(default, type, types),
            ScalarType.Decimal => new RowKernel<FixedVectorBuilder<decimal>, OfDecimal>(default, type, types),
            _ when types.Length == 1 => new IdentityKernel(type),
            ScalarType.Int => new RowKernel<FixedVectorBuilder<int>, OfInt>(default, type, types),
            _ => new RowKernel<FixedVectorBuilder<long>, OfLong>(default, type, types),
        };
    }

    private static double RoundReal(double value, long precision)
    {
        double scale = Math.Pow(10, Math.Clamp(Math.Abs(precision), 0, 308));
        double rounded = precision >= 0
            ? Math.Round(value * scale, MidpointRounding.AwayFromZero) / scale
            : Math.Round(value / scale, MidpointRounding.AwayFromZero) * scale;
        return double.IsFinite(rounded) ? rounded : value;
    }

    // Whole numbers change only where places before the point are asked for.
    private static long RoundLong(long value, long precision) =>
        precision >= 0 ? value : precision < -18 ? 0 : (long)RoundDecimal(value, precision);

    private static decimal RoundDecimal(decimal value, long precision)
    {
        if (precision >= 0)
        {
            return Math.Round(value, (int)Math.Min(precision, 28), MidpointRounding.AwayFromZero);
        }

        decimal scale = (decimal)Math.Pow(10, Math.Min(-precision, 28));
        return Math.Round(value / scale, MidpointRounding.AwayFromZero) * scale;
    }

    private static long Precision(in Row row) => row.Count > 1 ? row.Long(1) : 0;

    private readonly struct OfReal : IRowOperation<FixedVectorBuilder<double>>
    {
        public void Append(in Row row, FixedVectorBuilder<double> output) => output.Append(RoundReal(row.Real(0), Precision(row)));
    }

    private readonly struct OfDecimal : IRowOperation<FixedVectorBuilder<decimal>>
    {
        public void Append(in Row row, FixedVectorBuilder<decimal> output) =>
            output.Append(RoundDecimal(((FixedVector<decimal>)row[0])[row.Index], Precision(row)));
    }

    private readonly struct OfInt : IRowOperation<FixedVectorBuilder<int>>
    {
        public void Append(in Row row, FixedVectorBuilder<int> output) =>
            output.Append((int)RoundLong(((FixedVector<int>)row[0])[row.Index], Precision(row)));
    }

    private readonly struct OfLong : IRowOperation<FixedVectorBuilder<long>>
    {
        public void Append(in Row row, FixedVectorBuilder<long> output) => output.Append(RoundLong(row.Long(0), Precision(row)));
    }
}
