using Bongsu.Core.Types;
using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>
/// Whether the values of a column, between their least and greatest, meet any of some ranges. Null and NaN meet none.
/// </summary>
internal sealed class RangeTest : BlockTest
{
    private readonly string _column;
    private readonly (Scalar? From, Scalar? To)[] _ranges;

    /// <summary>A test of ranges, both ends included.</summary>
    public RangeTest(string column, (Scalar? From, Scalar? To)[] ranges)
    {
        _column = column;
        _ranges = ranges;
    }

    /// <summary>A test of single values.</summary>
    public static RangeTest Any(string column, IReadOnlyList<Scalar> values) =>
        new(column, values.Select(value => ((Scalar?)value, (Scalar?)value)).ToArray());

    public override bool MayMatch(BlockSummary block)
    {
        ColumnSummary summary = block.Column(_column);
        if (summary.IsAllNull)
        {
            return false;
        }

        if (!summary.TryGetRange(out Scalar min, out Scalar max))
        {
            return true;
        }

        foreach ((Scalar? from, Scalar? to) in _ranges)
        {
            if ((from is null || Compare(from.Value, max) <= 0) && (to is null || Compare(to.Value, min) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    // Integers exactly, anything with a real as reals: at the edges doubt keeps the block.
    private static int Compare(Scalar left, Scalar right)
    {
        if (ToLong(left) is { } leftLong && ToLong(right) is { } rightLong)
        {
            return leftLong.CompareTo(rightLong);
        }

        double leftReal = ToDouble(left);
        double rightReal = ToDouble(right);
        return leftReal < rightReal ? -1 : leftReal > rightReal ? 1 : 0;
    }

    private static long? ToLong(Scalar value) => value.Value switch
    {
        long ticks => ticks,
        int number => number,
        bool truth => truth ? 1 : 0,
        _ => null,
    };

    private static double ToDouble(Scalar value) => value.Value switch
    {
        double real => real,
        decimal number => (double)number,
        _ => ToLong(value) ?? double.NaN,
    };
}
