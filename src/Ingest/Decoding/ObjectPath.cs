namespace Bongsu.Ingest.Decoding;

/// <summary>Where in nested objects a row stands: the same instance for the same keys from the root on.</summary>
internal sealed class ObjectPath
{
    private readonly Dictionary<byte[], ObjectPath>.AlternateLookup<ReadOnlySpan<byte>> _children =
        new Dictionary<byte[], ObjectPath>(Utf8NameComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    public ObjectPath(ObjectPath? parent, byte[] prefix)
    {
        Parent = parent;
        Prefix = prefix;
        Depth = parent is null ? 1 : parent.Depth + 1;
    }

    public ObjectPath? Parent { get; }

    /// <summary>The dot path with a closing dot; empty at the root.</summary>
    public byte[] Prefix { get; }

    /// <summary>Open objects, this one included.</summary>
    public int Depth { get; }

    /// <summary>The path of the object under a key.</summary>
    /// <param name="name">The key.</param>
    /// <param name="isKept">Whether a new path may be remembered.</param>
    /// <param name="isNew">Whether it was met for the first time.</param>
    public ObjectPath Child(ReadOnlySpan<byte> name, bool isKept, out bool isNew)
    {
        isNew = !_children.TryGetValue(name, out ObjectPath? child);
        if (child is null)
        {
            byte[] key = name.ToArray();
            child = new ObjectPath(this, [.. Prefix, .. key, (byte)'.']);
            if (isKept)
            {
                _children.Dictionary.Add(key, child);
            }
        }

        return child;
    }
}
