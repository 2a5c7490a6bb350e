using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Schemas;

/// <summary>Values in a wider type: int to long, int and long to real, anything to dynamic. No value is lost.</summary>
internal static class VectorCast
{
    /// <summary>The same values as <paramref name="type"/>; the vector itself where it has that type.</summary>
    /// <remarks>The empty string becomes null in dynamic: a string column cannot tell it from an absent one.</remarks>
    /// <exception cref="ArgumentException">The type is not wider.</exception>
    public static Vector Widen(Vector vector, ScalarType type)
    {
        if (vector.Type == type)
        {
            return vector;
        }

        return (vector.Type, type) switch
        {
            (_, ScalarType.Dynamic) => ToDynamic(vector),
            (ScalarType.Int, ScalarType.Long) => Convert((FixedVector<int>)vector, type, static value => (long)value),
            (ScalarType.Int, ScalarType.Real) => Convert((FixedVector<int>)vector, type, static value => (double)value),
            (ScalarType.Long, ScalarType.Real) => Convert((FixedVector<long>)vector, type, static value => (double)value),
            _ when SchemaWidening.IsAllNull(vector) => Vector.Nulls(type, vector.Length),
            _ => throw new ArgumentException($"{vector.Type.Name()} does not widen to {type.Name()}"),
        };
    }

    private static FixedVector<TTo> Convert<TFrom, TTo>(FixedVector<TFrom> vector, ScalarType type, Func<TFrom, TTo> convert)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        if (vector.IsConstant)
        {
            return FixedVector<TTo>.Constant(type, convert(vector[0]), vector.IsNull(0), vector.Length);
        }

        ReadOnlySpan<TFrom> values = vector.Values;
        TTo[] converted = GC.AllocateUninitializedArray<TTo>(values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            converted[row] = convert(values[row]);
        }

        return new FixedVector<TTo>(type, converted, values.Length, vector.Validity);
    }

    private static Vector ToDynamic(Vector vector)
    {
        var builder = new DynamicVectorBuilder();
        var writer = new DynamicWriter();
        for (int row = 0; row < vector.PhysicalLength; row++)
        {
            if (vector.IsNull(row))
            {
                builder.AppendNull();
                continue;
            }

            writer.Clear();
            if (vector is StringVector strings && strings[row].IsEmpty)
            {
                writer.WriteNull();
            }
            else
            {
                writer.WriteValue(vector, row);
            }

            builder.Append(writer.Written);
        }

        Vector encoded = builder.Build();
        return vector.IsConstant && vector.Length > 0
            ? DynamicVector.Constant(((DynamicVector)encoded).Values[0], vector.Length)
            : encoded;
    }
}
