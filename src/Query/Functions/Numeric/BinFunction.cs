using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Operators;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Rounding down to bins, counted from an anchor; null for a null size, and for one that is not
/// positive.</summary>
internal abstract class BinFunction : SignedFunction
{
    protected BinFunction(string signature, params string[] aliases)
        : base(signature, aliases)
    {
    }

    /// <summary>The kernel of value, size and perhaps anchor.</summary>
    protected ScalarKernel Create(ScalarType[] types)
    {
        // Whole numbers give long, whatever their width.
        types = Array.ConvertAll(types, type => type == ScalarType.Int ? ScalarType.Long : type);
        ScalarType value = types[0] == ScalarType.Dynamic ? types[^1] == ScalarType.TimeSpan ? ScalarType.DateTime : types[^1] : types[0];
        if (value.IsNumeric() && types.All(type => type.IsNumeric() || type == ScalarType.Dynamic))
        {
            ScalarType common = types.Where(type => type.IsNumeric()).Aggregate(value, CommonType.OfNumbers);
            return common switch
            {
                ScalarType.Real => Kernel<double>(common, common, types.Length),
                ScalarType.Decimal => Kernel<decimal>(common, common, types.Length),
                _ => Long(common, common, types.Length),
            };
        }

        bool isTime = value is ScalarType.DateTime or ScalarType.TimeSpan && types.Length > 1
            && types[1] is ScalarType.TimeSpan or ScalarType.Dynamic
            && (types.Length == 2 || types[2] == value || types[2] == ScalarType.Dynamic);
        return isTime
            ? Long(value, ScalarType.TimeSpan, types.Length)
            : throw new FunctionException($"{Name}() is not defined for {string.Join(", ", types.Select(type => type.Name()))}: {Signature}");
    }

    private static ScalarKernel Long(ScalarType value, ScalarType size, int count) =>
        count == 2 ? new TickBinKernel(Kernel<long>(value, size, count)) : Kernel<long>(value, size, count);

    private static RowKernel<FixedVectorBuilder<T>, Operation<T>> Kernel<T>(ScalarType value, ScalarType size, int count)
        where T : unmanaged, System.Numerics.INumber<T> =>
        new(default, value, count == 1 ? [value] : count == 2 ? [value, size] : [value, size, value]);

    private readonly struct Operation<T> : IRowOperation<FixedVectorBuilder<T>>
        where T : unmanaged, System.Numerics.INumber<T>
    {
        public void Append(in Row row, FixedVectorBuilder<T> output)
        {
            T value = ((FixedVector<T>)row[0])[row.Index];
            T size = row.Count > 1 ? ((FixedVector<T>)row[1])[row.Index] : T.One;
            T anchor = row.Count > 2 ? ((FixedVector<T>)row[2])[row.Index] : T.Zero;
            if (size <= T.Zero)
            {
                output.AppendNull();
                return;
            }

            if (typeof(T) == typeof(double))
            {
                // floor(v / size) keeps bins of reals where counting them puts their edges: bin(0.3, 0.1) is 0.3.
                double edge = Math.Floor(double.CreateSaturating(value - anchor) / double.CreateSaturating(size));
                output.Append(T.CreateSaturating(edge * double.CreateSaturating(size)) + anchor);
                return;
            }

            T remainder = (value - anchor) % size;
            remainder = remainder < T.Zero ? remainder + size : remainder;
            output.Append(value - remainder);
        }
    }
}
