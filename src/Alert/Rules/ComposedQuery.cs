using Bongsu.Query;

namespace Bongsu.Alert.Rules;

/// <summary>A query put together of pieces of a rule file and what stands between them; knows where each piece is in
/// the file. Immutable.</summary>
internal sealed class ComposedQuery
{
    private readonly IReadOnlyList<(int Start, QuerySource Source)> _pieces;

    private ComposedQuery(string text, IReadOnlyList<(int Start, QuerySource Source)> pieces)
    {
        Text = text;
        _pieces = pieces;
    }

    /// <summary>The whole query.</summary>
    public string Text { get; }

    /// <summary>A query as the file has it.</summary>
    public static ComposedQuery Of(QuerySource source) => new(source.Text, [(0, source)]);

    /// <summary>The query, then a text of ours.</summary>
    public ComposedQuery Then(string text) => new(Text + text, _pieces);

    /// <summary>The query, then a piece of the file.</summary>
    public ComposedQuery Then(QuerySource source) => new(Text + source.Text, [.. _pieces, (Text.Length, source)]);

    /// <summary>Line and column in the file of a place in the text; of a text of ours, the piece before it: its end where
    /// that is where something is missing, else its beginning.</summary>
    public (int Line, int Column) Find(TextSpan span)
    {
        (int start, QuerySource source) = _pieces.Last(piece => piece.Start <= span.Start || piece.Start == 0);
        int within = span.Start - start;
        return source.Place.Find(source.Text, new TextSpan(within <= source.Text.Length + 1 ? within : 0, 0));
    }
}
