namespace Bongsu.Core.Encodings;

/// <summary>Slots of a block that are read and checked together: one large one, or several small ones.</summary>
internal static class SlotSections
{
    // Reading so much takes about as long as asking for it.
    private const int MinBytes = 1 << 14;

    /// <summary>Where sections end: with the slot that makes them 16384 bytes or more, and with the last slot.</summary>
    /// <param name="slotEnds">Where the bytes of each slot begin, and the last one's end.</param>
    public static int[] EndsOf(ReadOnlySpan<int> slotEnds)
    {
        var ends = new List<int>();
        int start = 0;
        foreach (int end in slotEnds)
        {
            if (end - start >= MinBytes)
            {
                ends.Add(end);
                start = end;
            }
        }

        if (start < slotEnds[^1])
        {
            ends.Add(slotEnds[^1]);
        }

        return [.. ends];
    }
}
