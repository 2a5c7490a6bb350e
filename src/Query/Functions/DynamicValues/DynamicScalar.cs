using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Between single dynamics and scalars.</summary>
internal static class DynamicScalar
{
    /// <summary>A primitive as a scalar of its own type; arrays and bags stay dynamic.</summary>
    public static Scalar Unwrap(DynamicReader value) => value.Kind switch
    {
        DynamicKind.Null => Scalar.Null(ScalarType.Dynamic),
        DynamicKind.False or DynamicKind.True => Scalar.Of(value.Kind == DynamicKind.True),
        DynamicKind.Long => Scalar.Of(value.AsLong),
        DynamicKind.Real => Scalar.Of(value.AsReal),
        DynamicKind.Decimal => Scalar.Of(value.AsDecimal),
        DynamicKind.String => Scalar.Of(value.AsString),
        DynamicKind.DateTime => Scalar.OfDateTime(value.AsLong),
        DynamicKind.TimeSpan => Scalar.OfTimeSpan(value.AsLong),
        DynamicKind.Guid => Scalar.Of(value.AsGuid),
        _ => Scalar.OfDynamic(value.Bytes.ToArray()),
    };
}
