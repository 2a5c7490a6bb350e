using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>A set of encoded values under <see cref="DynamicOrder.AreEqual"/>, in the order they came.</summary>
internal sealed class DynamicSet : IEqualityComparer<byte[]>
{
    private readonly HashSet<byte[]> _seen;

    public DynamicSet()
    {
        _seen = new HashSet<byte[]>(this);
    }

    /// <summary>The distinct values, in order.</summary>
    public List<byte[]> Values { get; } = [];

    /// <summary>The distinct elements of an array; none of anything else.</summary>
    public static DynamicSet Of(DynamicReader array)
    {
        var set = new DynamicSet();
        set.AddAll(array);
        return set;
    }

    public bool Contains(byte[] value) => _seen.Contains(value);

    public void AddAll(DynamicReader array)
    {
        for (int index = 0, count = array.Kind == DynamicKind.Array ? array.Count : 0; index < count; index++)
        {
            Add(array.ElementAt(index).Bytes.ToArray());
        }
    }

    public void Add(byte[] value)
    {
        if (_seen.Add(value))
        {
            Values.Add(value);
        }
    }

    public bool Equals(byte[]? x, byte[]? y) => DynamicOrder.AreEqual(new DynamicReader(x), new DynamicReader(y));

    public int GetHashCode(byte[] obj) => DynamicOrder.Hash(new DynamicReader(obj));
}
