using System.Numerics.Tensors;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Parts;

/// <summary>Zone maps: nulls, range and NaN of the values of a chunk.</summary>
internal static class ChunkSummary
{
    public static (PartChunkFlags Flags, long Min, long Max) Of(Vector vector)
    {
        PartChunkFlags flags = vector is StringVector strings
            ? (HasEmpty(strings) ? PartChunkFlags.HasNulls : PartChunkFlags.None)
            : vector.Validity is { } validity && validity.CountSet() < vector.PhysicalLength ? PartChunkFlags.HasNulls : PartChunkFlags.None;
        bool hasNulls = (flags & PartChunkFlags.HasNulls) != 0;
        switch (vector)
        {
            case FixedVector<long> longs:
                (long min, long max) = hasNulls ? RangeOfPresent(longs) : (TensorPrimitives.Min(longs.Values), TensorPrimitives.Max(longs.Values));
                return (flags | PartChunkFlags.HasRange, min, max);
            case FixedVector<int> ints:
                return Integers(ints, flags, static value => value);
            case FixedVector<bool> bools:
                return Integers(bools, flags, static value => value ? 1 : 0);
            case FixedVector<double> reals:
                return Reals(reals, flags);
            default:
                return (flags, 0, 0);
        }
    }

    /// <summary>Whether every integer of a stored column is exact as a double.</summary>
    public static bool IsExactInReal(PartColumn? column)
    {
        if (column is null || column.Column.Type is ScalarType.Int or ScalarType.Real)
        {
            return true;
        }

        return column.Column.Type == ScalarType.Long && Array.TrueForAll(
            column.Chunks,
            chunk => !chunk.Has(PartChunkFlags.HasRange) ||
                (chunk.Min >= -SchemaWidening.MaxExactInReal && chunk.Max <= SchemaWidening.MaxExactInReal));
    }

    /// <summary>Bytes of the values as they are: text in UTF-8, numbers at their width; nulls take none.</summary>
    public static long PlainBytes(Vector vector) => vector switch
    {
        StringVector strings => strings.TextBytes,
        DynamicVector { IsConstant: true } constant => (long)constant.Length * constant.Values[0].Length,
        DynamicVector dynamics => dynamics.Values.Offsets[^1] - dynamics.Values.Offsets[0],
        _ => (long)WidthOf(vector.Type) * PresentCount(vector),
    };

    private static int PresentCount(Vector vector) => vector switch
    {
        { Validity: null } => vector.Length,
        { IsConstant: true } => 0,
        _ => vector.Validity.CountSet(),
    };

    private static int WidthOf(ScalarType type) => type switch
    {
        ScalarType.Bool => sizeof(byte),
        ScalarType.Int => sizeof(int),
        ScalarType.Decimal or ScalarType.Guid => 16,
        _ => sizeof(long),
    };

    private static bool HasEmpty(Utf8Values values)
    {
        ReadOnlySpan<int> offsets = values.Offsets;
        for (int value = 1; value < offsets.Length; value++)
        {
            if (offsets[value] == offsets[value - 1])
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEmpty(StringVector strings)
    {
        if (strings.Templates is { } templates)
        {
            return templates.MayHaveEmpty;
        }

        if (strings.Shared is { } shared)
        {
            return shared.EmptyCode >= 0 && strings.SharedCodes.Contains(shared.EmptyCode);
        }

        // Of a dictionary the entries are looked at first: seldom is one of them empty.
        if (strings.IsDictionary && !HasEmpty(strings.Values))
        {
            return false;
        }

        for (int row = 0; row < strings.PhysicalLength; row++)
        {
            if (strings[row].IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private static (long Min, long Max) RangeOfPresent(FixedVector<long> vector)
    {
        (_, long min, long max) = Integers(vector, PartChunkFlags.None, static value => value);
        return (min, max);
    }

    private static (PartChunkFlags Flags, long Min, long Max) Integers<T>(
        FixedVector<T> vector,
        PartChunkFlags flags,
        Func<T, long> toLong)
        where T : unmanaged
    {
        long min = long.MaxValue;
        long max = long.MinValue;
        for (int row = 0; row < vector.PhysicalLength; row++)
        {
            if (!vector.IsNull(row))
            {
                long value = toLong(vector[row]);
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }
        }

        return min <= max ? (flags | PartChunkFlags.HasRange, min, max) : (flags, 0, 0);
    }

    private static (PartChunkFlags Flags, long Min, long Max) Reals(FixedVector<double> vector, PartChunkFlags flags)
    {
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        bool hasAny = false;
        for (int row = 0; row < vector.PhysicalLength; row++)
        {
            double value = vector[row];
            if (vector.IsNull(row))
            {
                continue;
            }

            if (double.IsNaN(value))
            {
                flags |= PartChunkFlags.HasNaN;
                continue;
            }

            hasAny = true;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return hasAny
            ? (flags | PartChunkFlags.HasRange, BitConverter.DoubleToInt64Bits(min), BitConverter.DoubleToInt64Bits(max))
            : (flags, 0, 0);
    }

    /// <summary>A kept limit as a value of a type; null where the stored type does not say it.</summary>
    public static Scalar? ToScalar(long limit, ScalarType stored, ScalarType type) => (stored, type) switch
    {
        (ScalarType.Bool, ScalarType.Bool) => Scalar.Of(limit != 0),
        (ScalarType.Int, ScalarType.Int) => Scalar.Of((int)limit),
        (ScalarType.Int or ScalarType.Long, ScalarType.Long) => Scalar.Of(limit),
        (ScalarType.Int or ScalarType.Long, ScalarType.Real) => Scalar.Of((double)limit),
        (ScalarType.DateTime, ScalarType.DateTime) => Scalar.OfDateTime(limit),
        (ScalarType.TimeSpan, ScalarType.TimeSpan) => Scalar.OfTimeSpan(limit),
        (ScalarType.Real, ScalarType.Real) => Scalar.Of(BitConverter.Int64BitsToDouble(limit)),
        _ => null,
    };
}
