using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators.Scanning;

/// <summary>Whether any value of a string column can be, or contain, some texts, by the block's filters.</summary>
internal sealed class TextTest : BlockTest
{
    private readonly string _column;
    private readonly byte[][] _texts;
    private readonly TextTestKind _kind;
    private readonly bool _isAll;

    /// <summary>Makes a test.</summary>
    /// <param name="column">The column.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="kind">How they are to be there.</param>
    /// <param name="isAll">All of them; else any.</param>
    public TextTest(string column, byte[][] texts, TextTestKind kind, bool isAll)
    {
        _column = column;
        _texts = texts;
        _kind = kind;
        _isAll = isAll;
    }

    public override bool MayMatch(BlockSummary block)
    {
        ColumnSummary summary = block.Column(_column);
        foreach (byte[] text in _texts)
        {
            // An empty text is contained in every value, the empty one included.
            bool may = text.Length == 0 || (!summary.IsAllNull && MayHave(summary, text));
            if (may != _isAll)
            {
                return may;
            }
        }

        return _isAll;
    }

    private bool MayHave(ColumnSummary summary, byte[] text) => _kind switch
    {
        TextTestKind.Equal => summary.MayEqual(text),
        TextTestKind.Terms => summary.MayContainTerms(text),
        _ => summary.MayContainText(text),
    };
}
