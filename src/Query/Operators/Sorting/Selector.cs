namespace Bongsu.Query.Operators.Sorting;

/// <summary>
/// Selection of the k-th smallest value in linear time: Hoare's quickselect, with a sort where it goes badly.
/// </summary>
internal static class Selector
{
    /// <summary>Below this, sorting is quicker than going on.</summary>
    private const int SmallCount = 32;

    /// <summary>The value that a sort would bring to an index.</summary>
    /// <param name="values">At least one; reordered. Calls with ascending or descending indexes over one span profit
    /// from each
    /// other's order.</param>
    /// <param name="index">From 0.</param>
    public static T Select<T>(Span<T> values, int index)
        where T : unmanaged, IComparable<T>
    {
        // Each round should halve what is left; twice as many rounds as that means a bad input.
        int rounds = 2 * (int)Math.Log2(values.Length + 1);
        while (values.Length > SmallCount && rounds-- > 0)
        {
            T pivot = Median(values[0], values[values.Length / 2], values[^1]);
            int left = 0;
            int right = values.Length - 1;
            while (left <= right)
            {
                while (values[left].CompareTo(pivot) < 0)
                {
                    left++;
                }

                while (values[right].CompareTo(pivot) > 0)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            if (index <= right)
            {
                values = values[..(right + 1)];
            }
            else if (index >= left)
            {
                values = values[left..];
                index -= left;
            }
            else
            {
                return values[index];
            }
        }

        values.Sort();
        return values[index];
    }

    private static T Median<T>(T first, T second, T third)
        where T : unmanaged, IComparable<T>
    {
        T low = first.CompareTo(second) < 0 ? first : second;
        T high = first.CompareTo(second) < 0 ? second : first;
        return third.CompareTo(low) < 0 ? low : third.CompareTo(high) > 0 ? high : third;
    }
}
