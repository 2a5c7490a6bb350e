using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;

namespace Bongsu.Query.Operators.Sorting;

/// <summary>A total order of dynamic values that are not null.</summary>
internal static class DynamicOrder
{
    /// <summary>
    /// Numbers by value before everything else; values of one kind of ticks by ticks; the rest by printed text.
    /// </summary>
    public static int Compare(DynamicReader left, DynamicReader right)
    {
        bool isLeftNumber = left.Kind is DynamicKind.Long or DynamicKind.Real or DynamicKind.Decimal;
        bool isRightNumber = right.Kind is DynamicKind.Long or DynamicKind.Real or DynamicKind.Decimal;
        if (isLeftNumber && isRightNumber)
        {
            return left.Kind == DynamicKind.Long && right.Kind == DynamicKind.Long
                ? left.AsLong.CompareTo(right.AsLong)
                : ToDouble(left).CompareTo(ToDouble(right));
        }

        if (isLeftNumber != isRightNumber)
        {
            return isLeftNumber ? -1 : 1;
        }

        if (left.Kind == right.Kind && left.Kind is DynamicKind.DateTime or DynamicKind.TimeSpan)
        {
            return left.AsLong.CompareTo(right.AsLong);
        }

        return left.Kind == DynamicKind.String && right.Kind == DynamicKind.String
            ? left.Utf8.SequenceCompareTo(right.Utf8)
            : string.CompareOrdinal(ScalarText.FormatDynamic(left), ScalarText.FormatDynamic(right));
    }

    private static double ToDouble(DynamicReader number) => number.Kind switch
    {
        DynamicKind.Long => number.AsLong,
        DynamicKind.Real => number.AsReal,
        _ => (double)number.AsDecimal,
    };
}
