namespace Bongsu.Ingest.Decoding;

/// <summary>Collects refused rows: the first ones with their reason, all of them by count.</summary>
internal sealed class RejectList(int maxReported)
{
    private readonly List<RowReject> _items = [];

    public IReadOnlyList<RowReject> Items => _items;

    /// <summary>Whether further reasons are dropped.</summary>
    public bool IsFull => _items.Count >= maxReported;

    public long Count { get; private set; }

    public void Add(long line, string error)
    {
        Count++;
        if (_items.Count < maxReported)
        {
            _items.Add(new RowReject(line, error));
        }
    }

    /// <summary>Adds what was refused of a later piece, whose lines count from 1.</summary>
    public void AddAll(IReadOnlyList<RowReject> rejects, long count, long linesBefore)
    {
        Count += count;
        foreach (RowReject reject in rejects.Take(maxReported - _items.Count))
        {
            _items.Add(reject with { Line = reject.Line + linesBefore });
        }
    }
}
