using System.Numerics;
using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Conversions between types of fixed width.</summary>
internal static class NumberCasts
{
    public static ScalarKernel? Find(ScalarType from, ScalarType to) => (from, to) switch
    {
        (ScalarType.Int, ScalarType.Long) => Of<int, long, Widen<int, long>>(from, to),
        (ScalarType.Int, ScalarType.Real) => Of<int, double, Widen<int, double>>(from, to),
        (ScalarType.Int, ScalarType.Decimal) => Of<int, decimal, Widen<int, decimal>>(from, to),
        (ScalarType.Long, ScalarType.Real) => Of<long, double, Widen<long, double>>(from, to),
        (ScalarType.Long, ScalarType.Decimal) => Of<long, decimal, Widen<long, decimal>>(from, to),
        (ScalarType.Decimal, ScalarType.Real) => Of<decimal, double, Widen<decimal, double>>(from, to),
        (ScalarType.Real, ScalarType.Decimal) => Of<double, decimal, RealToDecimal>(from, to),
        (ScalarType.Real, ScalarType.Long) => Of<double, long, RealToLong>(from, to),
        (ScalarType.Decimal, ScalarType.Long) => Of<decimal, long, DecimalToLong>(from, to),
        (ScalarType.Long, ScalarType.Int) => Of<long, int, ToInt<long, LongIdentity>>(from, to),
        (ScalarType.Real, ScalarType.Int) => Of<double, int, ToInt<double, RealToLong>>(from, to),
        (ScalarType.Decimal, ScalarType.Int) => Of<decimal, int, ToInt<decimal, DecimalToLong>>(from, to),
        (ScalarType.Bool, ScalarType.Int) => Of<bool, int, FromBool<int>>(from, to),
        (ScalarType.Bool, ScalarType.Long) => Of<bool, long, FromBool<long>>(from, to),
        (ScalarType.Bool, ScalarType.Real) => Of<bool, double, FromBool<double>>(from, to),
        (ScalarType.Bool, ScalarType.Decimal) => Of<bool, decimal, FromBool<decimal>>(from, to),
        (ScalarType.Int, ScalarType.Bool) => Of<int, bool, IsNonZero<int>>(from, to),
        (ScalarType.Long, ScalarType.Bool) => Of<long, bool, IsNonZero<long>>(from, to),
        (ScalarType.Real, ScalarType.Bool) => Of<double, bool, IsNonZero<double>>(from, to),
        (ScalarType.Decimal, ScalarType.Bool) => Of<decimal, bool, IsNonZero<decimal>>(from, to),
        (ScalarType.DateTime or ScalarType.TimeSpan, ScalarType.Long) => Of<long, long, LongIdentity>(from, to),
        (ScalarType.DateTime or ScalarType.TimeSpan, ScalarType.Int) => Of<long, int, ToInt<long, LongIdentity>>(from, to),
        (ScalarType.DateTime or ScalarType.TimeSpan, ScalarType.Real) => Of<long, double, Widen<long, double>>(from, to),
        (ScalarType.DateTime or ScalarType.TimeSpan, ScalarType.Decimal) => Of<long, decimal, Widen<long, decimal>>(from, to),
        (ScalarType.Long or ScalarType.TimeSpan, ScalarType.DateTime) => Of<long, long, TicksToDateTime>(from, to),
        (ScalarType.Int, ScalarType.DateTime or ScalarType.TimeSpan) => Of<int, long, Widen<int, long>>(from, to),
        (ScalarType.Real, ScalarType.TimeSpan) => Of<double, long, RealToLong>(from, to),
        (ScalarType.Long or ScalarType.DateTime, ScalarType.TimeSpan) => Of<long, long, LongIdentity>(from, to),
        _ => null,
    };

    private static UnaryKernel<TIn, TOut, TOperation> Of<TIn, TOut, TOperation>(ScalarType from, ScalarType to)
        where TIn : unmanaged
        where TOut : unmanaged
        where TOperation : struct, IUnaryOperation<TIn, TOut> =>
        new(to, from);

    private readonly struct Widen<TIn, TOut> : IUnaryOperation<TIn, TOut>
        where TIn : INumberBase<TIn>
        where TOut : INumberBase<TOut>
    {
        public static bool TryApply(TIn value, out TOut result)
        {
            result = TOut.CreateSaturating(value);
            return true;
        }
    }

    private readonly struct ToInt<TIn, TToLong> : IUnaryOperation<TIn, int>
        where TToLong : struct, IUnaryOperation<TIn, long>
    {
        public static bool TryApply(TIn value, out int result)
        {
            bool fits = TToLong.TryApply(value, out long wide) && wide is >= int.MinValue and <= int.MaxValue;
            result = unchecked((int)wide);
            return fits;
        }
    }

    private readonly struct LongIdentity : IUnaryOperation<long, long>
    {
        public static bool TryApply(long value, out long result)
        {
            result = value;
            return true;
        }
    }

    private readonly struct TicksToDateTime : IUnaryOperation<long, long>
    {
        public static bool TryApply(long value, out long result)
        {
            result = value;
            return Ticks.IsDateTime(value);
        }
    }

    private readonly struct FromBool<TOut> : IUnaryOperation<bool, TOut>
        where TOut : INumberBase<TOut>
    {
        public static bool TryApply(bool value, out TOut result)
        {
            result = value ? TOut.One : TOut.Zero;
            return true;
        }
    }

    private readonly struct IsNonZero<TIn> : IUnaryOperation<TIn, bool>
        where TIn : INumberBase<TIn>
    {
        public static bool TryApply(TIn value, out bool result)
        {
            result = !TIn.IsZero(value);
            return true;
        }
    }
}
