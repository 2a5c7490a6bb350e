using System.Text;
using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>Makes constant vectors of boxed values.</summary>
internal static class ConstantVectors
{
    public static Vector Create(Scalar value, int length) => value.Type switch
    {
        ScalarType.Bool => Fixed<bool>(value, length),
        ScalarType.Int => Fixed<int>(value, length),
        ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan => Fixed<long>(value, length),
        ScalarType.Real => Fixed<double>(value, length),
        ScalarType.Decimal => Fixed<decimal>(value, length),
        ScalarType.Guid => Fixed<Guid>(value, length),
        ScalarType.String => StringVector.Constant(Encoding.UTF8.GetBytes(value.AsString), length),
        ScalarType.Dynamic => DynamicVector.Constant((byte[]?)value.Value ?? [], length),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.Type, "unknown type"),
    };

    private static FixedVector<T> Fixed<T>(Scalar value, int length)
        where T : unmanaged =>
        FixedVector<T>.Constant(value.Type, value.Value is T typed ? typed : default, value.IsNull, length);
}
