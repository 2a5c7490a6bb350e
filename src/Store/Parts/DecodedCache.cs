namespace Bongsu.Store.Parts;

/// <summary>Decoded dictionaries and filters of parts, the ones used last, within a budget. Any number of threads.</summary>
internal sealed class DecodedCache
{
    private readonly long _budgetBytes;
    private readonly Lock _gate = new();
    private readonly Dictionary<(Part Part, string Column, DecodedKind Kind, int Block), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _usedBytes;

    public DecodedCache(long budgetBytes)
    {
        _budgetBytes = budgetBytes;
    }

    /// <summary>The entry, made where it is not there; two threads may both make it, one wins.</summary>
    /// <param name="part">Whose it is.</param>
    /// <param name="column">Of which column.</param>
    /// <param name="kind">What of it.</param>
    /// <param name="load">Makes it, and says its bytes.</param>
    /// <param name="block">Of which block; -1 = of the whole column.</param>
    public T Get<T>(Part part, string column, DecodedKind kind, Func<(T Value, long SizeBytes)> load, int block = -1)
        where T : class
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((part, column, kind, block), out LinkedListNode<Entry>? node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return (T)node.Value.Decoded;
            }
        }

        (T value, long sizeBytes) = load();
        lock (_gate)
        {
            if (_entries.TryGetValue((part, column, kind, block), out LinkedListNode<Entry>? other))
            {
                return (T)other.Value.Decoded;
            }

            var entry = new Entry(part, column, kind, block, value, sizeBytes);
            _entries.Add((part, column, kind, block), _byUse.AddFirst(entry));
            _usedBytes += sizeBytes;
            while (_usedBytes > _budgetBytes && _byUse.Count > 1)
            {
                Remove(_byUse.Last!);
            }
        }

        return value;
    }

    /// <summary>Forgets what was decoded of a part.</summary>
    public void Forget(Part part)
    {
        lock (_gate)
        {
            for (LinkedListNode<Entry>? node = _byUse.First; node is not null;)
            {
                LinkedListNode<Entry>? next = node.Next;
                if (node.Value.Part == part)
                {
                    Remove(node);
                }

                node = next;
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        Entry entry = node.Value;
        _byUse.Remove(node);
        _entries.Remove((entry.Part, entry.Column, entry.Kind, entry.Block));
        _usedBytes -= entry.SizeBytes;
    }

    private sealed record Entry(Part Part, string Column, DecodedKind Kind, int Block, object Decoded, long SizeBytes);
}
