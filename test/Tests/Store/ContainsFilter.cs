using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Store.Scan;

namespace Bongsu.Tests.Store;

/// <summary>A string column contains a text.</summary>
internal sealed class ContainsFilter(string column, string text) : ScanFilter
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(text);

    public override IReadOnlyList<string> Columns => [column];

    public override bool MayMatch(BlockSummary block) => block.Column(column).MayContainText(_text);

    public override void Apply(ReadOnlySpan<Vector> columns, Bitmap selection)
    {
        var strings = (StringVector)columns[0];
        for (int row = 0; row < strings.Length; row++)
        {
            if (strings[row].IndexOf(_text) < 0)
            {
                selection[row] = false;
            }
        }
    }
}
