namespace Bongsu.Query.Functions.Network;

/// <summary>Comparison of two addresses under the shortest of the prefixes given.</summary>
internal static class IpComparison
{
    /// <summary>-1, 0 or 1; null where a text is no address or the prefix is out of range.</summary>
    /// <param name="left">An address.</param>
    /// <param name="right">Another.</param>
    /// <param name="prefix">A third prefix, up to the family's bits.</param>
    public static int? Compare<TFamily>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, long prefix)
        where TFamily : struct, IIpFamily
    {
        if (prefix < 0 || prefix > TFamily.Bits
            || !TFamily.TryParse(left, out UInt128 leftAddress, out int leftPrefix)
            || !TFamily.TryParse(right, out UInt128 rightAddress, out int rightPrefix))
        {
            return null;
        }

        int shift = TFamily.Bits - (int)Math.Min(prefix, Math.Min(leftPrefix, rightPrefix));
        return shift == 128 ? 0 : (leftAddress >> shift).CompareTo(rightAddress >> shift);
    }

    /// <summary>Whether an address lies in a range; null where one of them cannot be read.</summary>
    public static bool? IsInRange<TFamily>(ReadOnlySpan<byte> ip, ReadOnlySpan<byte> range)
        where TFamily : struct, IIpFamily =>
        Compare<TFamily>(ip, range, TFamily.Bits) is int order ? order == 0 : null;
}
