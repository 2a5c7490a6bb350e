using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary><c>reduce kind=source by text with threshold=0.1, characters="-_"</c>; the comma may be left out.</summary>
internal static class ReduceOperator
{
    public static OperatorSyntax Parse(PipelineParser parser, Token name)
    {
        TokenCursor cursor = parser.Cursor;
        Dictionary<string, string> options = parser.ParseOptions("kind");
        cursor.Expect("by");
        ExpressionSyntax text = parser.Expressions.Parse();
        ExpressionSyntax? threshold = null;
        ExpressionSyntax? characters = null;
        if (cursor.TryTake("with"))
        {
            do
            {
                Token option = cursor.Current;
                if (!cursor.TryTake("threshold") && !cursor.TryTake("characters"))
                {
                    throw cursor.Unexpected("an option of reduce", "threshold", "characters");
                }

                cursor.Expect("=");
                ExpressionSyntax value = parser.Expressions.Parse();
                (threshold, characters) = option.Is("threshold") ? (value, characters) : (threshold, value);
            }
            while (cursor.TryTake(",") || cursor.Is("threshold") || cursor.Is("characters"));
        }

        return new ReduceSyntax(name.Text, options, text, threshold, characters, name.Span);
    }
}
