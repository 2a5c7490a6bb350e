namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Room for one value per group in aggregate states.</summary>
internal static class GroupArray
{
    /// <summary>Makes an array long enough for <paramref name="groupCount"/> groups; new entries are default.</summary>
    public static void Ensure<T>(ref T[] values, int groupCount)
    {
        if (values.Length < groupCount)
        {
            Array.Resize(ref values, Math.Max(groupCount, Math.Max(16, values.Length * 2)));
        }
    }
}
