using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Every conversion between types: what <c>tolong()</c> and its like do, and what the binder
/// inserts.</summary>
/// <remarks>
/// A value that has no counterpart (text that is no number, a number out of range) becomes null; null stays null, or
/// empty as a
/// string.
/// </remarks>
internal static class Cast
{
    /// <summary>True where every value of a type has an exact counterpart, so that binding may convert without being
    /// asked.</summary>
    public static bool IsWidening(ScalarType from, ScalarType to) =>
        from == to
        || to == ScalarType.Dynamic
        || (from == ScalarType.Int && to is ScalarType.Long or ScalarType.Real or ScalarType.Decimal)
        || (from == ScalarType.Long && to is ScalarType.Real or ScalarType.Decimal)
        || (from == ScalarType.Real && to == ScalarType.Decimal);

    /// <summary>The kernel of one argument that converts, or null where no value could be converted (guid to
    /// long).</summary>
    public static ScalarKernel? Find(ScalarType from, ScalarType to)
    {
        if (from == to)
        {
            return new IdentityKernel(from);
        }

        return (from, to) switch
        {
            (_, ScalarType.String) => new RowKernel<StringVectorBuilder, FormatText>(new FormatText(from), to, from),
            (_, ScalarType.Dynamic) => new RowKernel<DynamicVectorBuilder, WriteDynamic>(new WriteDynamic(from), to, from),
            (ScalarType.String, _) => FromText(to),
            (ScalarType.Dynamic, _) => FromDynamic(to),
            _ => NumberCasts.Find(from, to),
        };
    }

    /// <summary>Converts one boxed value; null where it cannot be converted.</summary>
    public static Scalar Convert(Scalar value, ScalarType to)
    {
        ScalarKernel? kernel = Find(value.Type, to);
        return kernel is null
            ? Scalar.Null(to)
            : kernel.Evaluate([Vector.Constant(value, 1)], 1, new EvaluationContext(0, CancellationToken.None)).GetScalar(0);
    }

    private static ScalarKernel? FromText(ScalarType to) => to switch
    {
        ScalarType.Bool => Parse<bool, BoolParser>(to),
        ScalarType.Int => Parse<int, IntParser>(to),
        ScalarType.Long => Parse<long, LongParser>(to),
        ScalarType.Real => Parse<double, RealParser>(to),
        ScalarType.Decimal => Parse<decimal, DecimalParser>(to),
        ScalarType.DateTime => Parse<long, DateTimeParser>(to),
        ScalarType.TimeSpan => Parse<long, TimeSpanParser>(to),
        ScalarType.Guid => Parse<Guid, GuidParser>(to),
        _ => null,
    };

    private static ScalarKernel? FromDynamic(ScalarType to) => to switch
    {
        ScalarType.Bool => Read<bool, BoolParser>(to),
        ScalarType.Int => Read<int, IntParser>(to),
        ScalarType.Long => Read<long, LongParser>(to),
        ScalarType.Real => Read<double, RealParser>(to),
        ScalarType.Decimal => Read<decimal, DecimalParser>(to),
        ScalarType.DateTime => Read<long, DateTimeParser>(to),
        ScalarType.TimeSpan => Read<long, TimeSpanParser>(to),
        ScalarType.Guid => Read<Guid, GuidParser>(to),
        _ => null,
    };

    private static RowKernel<FixedVectorBuilder<T>, ParseText<T, TParser>> Parse<T, TParser>(ScalarType to)
        where T : unmanaged
        where TParser : struct, IValueParser<T> =>
        new(default, to, ScalarType.String);

    private static RowKernel<FixedVectorBuilder<T>, ReadDynamic<T, TParser>> Read<T, TParser>(ScalarType to)
        where T : unmanaged
        where TParser : struct, IValueParser<T> =>
        new(default, to, ScalarType.Dynamic);
}
