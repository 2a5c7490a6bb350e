using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bongsu.LogBench.Answers;

/// <summary>One string for each name that comes as bytes again and again.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<byte[], string> _names = new(new Utf8Comparer());
    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>An empty table.</summary>
    public NameTable() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The string of a name.</summary>
    public string this[ReadOnlySpan<byte> utf8]
    {
        get
        {
            if (!_lookup.TryGetValue(utf8, out string? name))
            {
                name = Encoding.UTF8.GetString(utf8);
                _lookup[utf8] = name;
            }

            return name;
        }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode([DisallowNull] byte[] name) => GetHashCode(name.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
