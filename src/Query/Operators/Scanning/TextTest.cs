using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>Whether any value of a string column can contain some texts, or terms, by the block's filters.</summary>
internal sealed class TextTest : BlockTest
{
    private readonly string _column;
    private readonly byte[][] _texts;
    private readonly bool _isTerm;
    private readonly bool _isAll;

    public TextTest(string column, byte[][] texts, bool isTerm, bool isAll)
    {
        _column = column;
        _texts = texts;
        _isTerm = isTerm;
        _isAll = isAll;
    }

    public override bool MayMatch(BlockSummary block)
    {
        ColumnSummary summary = block.Column(_column);
        foreach (byte[] text in _texts)
        {
            // An empty text is contained in every value, the empty one included.
            bool may = text.Length == 0
                || (!summary.IsAllNull && (_isTerm ? summary.MayContainTerms(text) : summary.MayContainText(text)));
            if (may != _isAll)
            {
                return may;
            }
        }

        return _isAll;
    }
}
