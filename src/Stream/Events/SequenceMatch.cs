namespace Bongsu.Stream.Events;

/// <summary>A sequence found.</summary>
/// <param name="AtTicks">When it fires.</param>
/// <param name="FirstTicks">Its first row.</param>
/// <param name="LastTicks">Its last row.</param>
/// <param name="Rows">For each step, rows of it from the first to the last.</param>
internal sealed record SequenceMatch(long AtTicks, long FirstTicks, long LastTicks, long[] Rows)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(AtTicks);
        writer.Write(FirstTicks);
        writer.Write(LastTicks);
        foreach (long rows in Rows)
        {
            writer.Write7BitEncodedInt64(rows);
        }
    }

    public static SequenceMatch Read(BinaryReader reader, int steps)
    {
        (long at, long first, long last) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        return new SequenceMatch(at, first, last, [.. Enumerable.Range(0, steps).Select(_ => reader.Read7BitEncodedInt64())]);
    }
}
