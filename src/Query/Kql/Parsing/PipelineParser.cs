using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>Table queries: a source, then operators behind pipes.</summary>
internal sealed class PipelineParser
{
    private readonly TokenCursor _cursor;

    public PipelineParser(TokenCursor cursor)
    {
        _cursor = cursor;
        Expressions = new ExpressionParser(cursor, this);
    }

    /// <summary>For what stands inside operators.</summary>
    public ExpressionParser Expressions { get; }

    /// <summary>For what stands inside operators.</summary>
    public TokenCursor Cursor => _cursor;

    /// <summary>An operator that begins a query (<c>print</c>, <c>range</c> …) with what follows it, or null where none
    /// begins here.</summary>
    public PipelineSyntax? TryParseSource()
    {
        Token name = _cursor.Current;
        if (name.Kind != TokenKind.Identifier || !StartsSource(name.Text))
        {
            return null;
        }

        _cursor.Take();
        OperatorSyntax source = OperatorTable.FindSource(name.Text)!(this, name);
        return ParseOperators(null, [source], name.Span);
    }

    /// <summary>The operators behind a table.</summary>
    public PipelineSyntax ParseRest(ExpressionSyntax source, TextSpan start) =>
        source is PipelineSyntax pipeline
            ? ParseOperators(pipeline.Source, [.. pipeline.Operators], start)
            : ParseOperators(source, [], start);

    /// <summary><c>name = value</c> pairs that some operators take before their operands.</summary>
    /// <param name="known">Names that are options here; <c>hint.…</c> always is.</param>
    public Dictionary<string, string> ParseOptions(params ReadOnlySpan<string> known)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        while (_cursor.Current.Kind == TokenKind.Identifier)
        {
            if (_cursor.Is("hint") && _cursor.Ahead(1).Is("."))
            {
                while (!_cursor.Is("=") && !_cursor.AtEnd)
                {
                    _cursor.Take();
                }

                _cursor.Expect("=");
                OptionValue();
                continue;
            }

            if (!known.Contains(_cursor.Current.Text) || !_cursor.Ahead(1).Is("="))
            {
                break;
            }

            string name = _cursor.Take().Text;
            _cursor.Take();
            options[name] = OptionValue();
        }

        return options;
    }

    private string OptionValue()
    {
        if (_cursor.Is("["))
        {
            return Expressions.ParseName("a name").Name;
        }

        Token value = _cursor.Take();
        if (value.Kind is TokenKind.End or TokenKind.Punctuation)
        {
            throw new QueryException("syntax", $"expected the value of an option, met {value.Describe()}", value.Span);
        }

        return value.Text;
    }

    private bool StartsSource(string name)
    {
        Token next = _cursor.Ahead(1);
        bool isWord = next.Kind is TokenKind.Identifier or TokenKind.String or TokenKind.Literal or TokenKind.Dynamic;
        return name switch
        {
            "print" => isWord || next.Is("(") || next.Is("[") || next.Is("-"),
            "range" => isWord || next.Is("["),
            "datatable" or "externaldata" => next.Is("("),
            "union" => isWord && OperatorPrecedence.Of(next) == 0 || next.Is("(") || next.Is("[") || next.Is("*"),
            "search" or "find" => isWord && OperatorPrecedence.Of(next) != OperatorPrecedence.Equality || next.Is("in")
                || next.Is("(") || next.Is("[") || next.Is("*"),
            "evaluate" or "macro" => isWord || (next.Is("-") && _cursor.Ahead(2).Is("expand")),
            _ => false,
        };
    }

    private PipelineSyntax ParseOperators(ExpressionSyntax? source, List<OperatorSyntax> operators, TextSpan start)
    {
        _cursor.Enter();
        while (_cursor.TryTake("|"))
        {
            operators.Add(ParseOperator());
        }

        _cursor.Leave();
        return new PipelineSyntax(source, operators, _cursor.SpanFrom(start));
    }

    private OperatorSyntax ParseOperator()
    {
        if (_cursor.Current.Kind != TokenKind.Identifier)
        {
            throw _cursor.Unexpected("an operator such as 'where' or 'summarize'", [.. OperatorTable.Names]);
        }

        Token first = _cursor.Take();
        string text = first.Text;
        while (_cursor.Is("-") && !_cursor.Current.HasSpaceBefore
            && _cursor.Ahead(1) is { Kind: TokenKind.Identifier, HasSpaceBefore: false })
        {
            _cursor.Take();
            text += "-" + _cursor.Take().Text;
        }

        Token name = first with { Text = text, Span = _cursor.SpanFrom(first.Span) };
        if (OperatorTable.Find(text) is { } parse)
        {
            return parse(this, name);
        }

        if (OperatorTable.IsKnown(text))
        {
            _cursor.SkipOperator();
            return new UnsupportedOperatorSyntax(text, name.Span);
        }

        throw new QueryException("syntax", $"unknown operator '{text}'", name.Span)
        {
            Expected = [.. OperatorTable.Names],
            Suggestion = Names.Nearest(text, OperatorTable.Names),
        };
    }
}
