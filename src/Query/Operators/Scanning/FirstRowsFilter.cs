using System.Numerics;
using Bongsu.Core.Vectors;
using Bongsu.Store.Scan;
using Vector = Bongsu.Core.Vectors.Vector;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>
/// For <c>take</c>: of each block no more rows than the whole result may have, so that the rest is never decoded.
/// </summary>
internal sealed class FirstRowsFilter : ScanFilter
{
    private readonly int _count;

    public FirstRowsFilter(int count)
    {
        _count = count;
    }

    public override IReadOnlyList<string> Columns => [];

    // After every condition: it counts rows that passed.
    public override double Cost => double.MaxValue;

    public override void Apply(ReadOnlySpan<Vector> columns, Bitmap selection)
    {
        int left = _count;
        Span<ulong> words = selection.Words;
        for (int word = 0; word < words.Length; word++)
        {
            int set = BitOperations.PopCount(words[word]);
            for (; set > left; set--)
            {
                words[word] &= ~(1UL << BitOperations.Log2(words[word]));
            }

            left -= set;
        }
    }
}
