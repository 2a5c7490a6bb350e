using System.Buffers.Binary;
using Bongsu.Core.Vectors;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Sorting;

/// <summary>A sort key of strings, in the order of their bytes (which is that of code points).</summary>
internal sealed class StringSortColumn : SortColumn
{
    private readonly StringVector[] _sources;
    private readonly bool _isDescending;

    public StringSortColumn(SortKey key, IReadOnlyList<Vector> sources)
    {
        _sources = sources.Cast<StringVector>().ToArray();
        _isDescending = key.IsDescending;
    }

    public override void Prefixes(int batch, Span<ulong> prefixes)
    {
        StringVector source = _sources[batch];
        Span<byte> padded = stackalloc byte[8];
        for (int row = 0; row < prefixes.Length; row++)
        {
            ReadOnlySpan<byte> text = source[row];
            ulong prefix;
            if (text.Length >= 8)
            {
                prefix = BinaryPrimitives.ReadUInt64BigEndian(text);
            }
            else
            {
                padded.Clear();
                text.CopyTo(padded);
                prefix = BinaryPrimitives.ReadUInt64BigEndian(padded);
            }

            prefixes[row] = _isDescending ? ~prefix : prefix;
        }
    }

    public override int Compare(RowReference left, RowReference right)
    {
        int order = _sources[left.Batch][left.Row].SequenceCompareTo(_sources[right.Batch][right.Row]);
        return _isDescending ? -order : order;
    }
}
