using Bongsu.Store.Keys;

namespace Bongsu.Store.Wal;

/// <summary>What is in one log file: decides when the file can go.</summary>
internal sealed class LogSegment
{
    public LogSegment(long number, string path, long firstSequence)
    {
        Number = number;
        Path = path;
        FirstSequence = firstSequence;
        LastSequence = firstSequence - 1;
    }

    public long Number { get; }

    public string Path { get; }

    public long FirstSequence { get; }

    /// <summary>One less than <see cref="FirstSequence"/> while there is no record.</summary>
    public long LastSequence { get; private set; }

    public long SizeBytes { get; set; } = LogFormat.SegmentHeaderBytes;

    /// <summary>By table the last sequence here.</summary>
    public Dictionary<long, long> LastSequenceByTable { get; } = [];

    /// <summary>Keys of the records here; they are saved before the file goes.</summary>
    public List<RememberedKey> Keys { get; } = [];

    public void Add(LogEntry entry, long sequence, long ingestedTicks)
    {
        LastSequence = sequence;
        LastSequenceByTable[entry.TableId] = sequence;
        if (entry.BatchKey != default)
        {
            Keys.Add(new RememberedKey(entry.BatchKey, sequence, ingestedTicks));
        }

        foreach (UInt128 key in entry.RowKeys ?? [])
        {
            if (key != default)
            {
                Keys.Add(new RememberedKey(key, sequence, ingestedTicks));
            }
        }
    }

    /// <summary>Counts a record that cannot be read.</summary>
    public void Skip(long sequence) => LastSequence = sequence;
}
