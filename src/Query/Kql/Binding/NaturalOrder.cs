namespace Bongsu.Query.Kql.Binding;

/// <summary>The order of <c>granny-asc</c>: runs of digits compare as numbers, so that <c>a20</c> comes before
/// <c>a100</c>.</summary>
internal static class NaturalOrder
{
    public static int Compare(string left, string right)
    {
        int l = 0;
        int r = 0;
        while (l < left.Length && r < right.Length)
        {
            int compared;
            if (char.IsAsciiDigit(left[l]) && char.IsAsciiDigit(right[r]))
            {
                ReadOnlySpan<char> leftRun = Digits(left, ref l);
                ReadOnlySpan<char> rightRun = Digits(right, ref r);
                compared = leftRun.Length != rightRun.Length
                    ? leftRun.Length - rightRun.Length
                    : leftRun.SequenceCompareTo(rightRun);
            }
            else
            {
                compared = left[l++].CompareTo(right[r++]);
            }

            if (compared != 0)
            {
                return compared;
            }
        }

        int rest = left.Length - l - (right.Length - r);
        return rest != 0 ? rest : string.CompareOrdinal(left, right);
    }

    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
