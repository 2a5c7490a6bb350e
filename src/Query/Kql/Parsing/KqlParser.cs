using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>A whole text: statements separated by <c>;</c>.</summary>
internal sealed class KqlParser
{
    private readonly TokenCursor _cursor;
    private readonly PipelineParser _pipelines;

    private KqlParser(string text)
    {
        _cursor = new TokenCursor(text);
        _pipelines = new PipelineParser(_cursor);
    }

    /// <summary>Parses a text; names nothing yet.</summary>
    /// <exception cref="QueryException">It is not KQL.</exception>
    public static IReadOnlyList<StatementSyntax> Parse(string text)
    {
        var parser = new KqlParser(text);
        List<StatementSyntax> statements = parser.Statements("");
        if (!parser._cursor.AtEnd)
        {
            throw parser.NotAStatementEnd();
        }

        return statements;
    }

    private List<StatementSyntax> Statements(string close)
    {
        List<StatementSyntax> statements = [];
        while (true)
        {
            while (_cursor.TryTake(";"))
            {
            }

            if (_cursor.AtEnd || (close.Length > 0 && _cursor.Is(close)))
            {
                return statements;
            }

            statements.Add(Statement());
            if (!_cursor.Is(";") && !_cursor.AtEnd && !(close.Length > 0 && _cursor.Is(close)))
            {
                throw NotAStatementEnd();
            }
        }
    }

    private QueryException NotAStatementEnd()
    {
        Token met = _cursor.Current;
        string? suggestion = met.Kind == TokenKind.Identifier
            ? Names.Nearest(met.Text, OperatorPrecedence.Words)
            : null;
        return new QueryException("syntax", $"expected '|' or the end of the query, met {met.Describe()}", met.Span)
        {
            Expected = ["|", ";"],
            Suggestion = suggestion,
        };
    }

    private StatementSyntax Statement()
    {
        Token first = _cursor.Current;
        Token second = _cursor.Ahead(1);
        bool isNamed = second.Kind == TokenKind.Identifier || second.Is("[");
        if (first.Is("let") && isNamed)
        {
            _cursor.Take();
            NameSyntax name = _pipelines.Expressions.ParseName("a name");
            _cursor.Expect("=");
            ExpressionSyntax value = TryFunction() ?? _pipelines.Expressions.ParseExpressionOrPipeline();
            return new LetSyntax(name, value, _cursor.SpanFrom(first.Span));
        }

        if (first.Is("set") && second.Kind == TokenKind.Identifier)
        {
            _cursor.Take();
            string option = _cursor.Take().Text;
            if (_cursor.TryTake("="))
            {
                _pipelines.Expressions.ParseOperand();
            }

            return new SetSyntax(option, _cursor.SpanFrom(first.Span));
        }

        if (first.Is("declare") && second.Is("query_parameters"))
        {
            _cursor.Take();
            _cursor.Take();
            return new DeclareParametersSyntax(Parameters(), _cursor.SpanFrom(first.Span));
        }

        if ((first.Is("declare") || first.Is("alias") || first.Is("restrict")) && second.Kind == TokenKind.Identifier)
        {
            _cursor.SkipOperator();
            return new UnsupportedStatementSyntax(first.Text + " " + second.Text, first.Span);
        }

        return new QuerySyntax(_pipelines.Expressions.ParseExpressionOrPipeline());
    }

    // `(a:long, b:string = "x") { … }`, perhaps with `view` before.
    private FunctionSyntax? TryFunction()
    {
        int open = _cursor.Is("view") && _cursor.Ahead(1).Is("(") ? 1 : 0;
        if (!_cursor.Ahead(open).Is("(")
            || _cursor.BehindClose(open) is not (> 0 and var behind)
            || !_cursor.Ahead(behind).Is("{"))
        {
            return null;
        }

        TextSpan start = _cursor.Current.Span;
        if (open == 1)
        {
            _cursor.Take();
        }

        List<ParameterSyntax> parameters = Parameters();
        _cursor.Expect("{");
        _cursor.Enter();
        List<StatementSyntax> statements = Statements("}");
        _cursor.Leave();
        _cursor.Expect("}");
        ExpressionSyntax? body = (statements.LastOrDefault() as QuerySyntax)?.Value;
        return new FunctionSyntax(
            parameters,
            body is null ? statements : statements[..^1],
            body,
            _cursor.SpanFrom(start))
        { IsView = open == 1 };
    }

    private List<ParameterSyntax> Parameters()
    {
        _cursor.Expect("(");
        List<ParameterSyntax> parameters = _cursor.Is(")") ? [] : _pipelines.Expressions.ParseList(Parameter);
        _cursor.Expect(")");
        return parameters;
    }

    private ParameterSyntax Parameter()
    {
        NameSyntax name = _pipelines.Expressions.ParseName("a parameter");
        _cursor.Expect(":");
        if (_cursor.TryTake("("))
        {
            List<Column> columns = [];
            while (!_cursor.Is(")"))
            {
                if (!_cursor.TryTake("*"))
                {
                    NameSyntax column = _pipelines.Expressions.ParseName("a column or '*'");
                    _cursor.Expect(":");
                    columns.Add(new Column(column.Name, _pipelines.Expressions.ParseType()));
                }

                if (!_cursor.TryTake(",") && !_cursor.Is(")"))
                {
                    throw _cursor.Unexpected("',' or ')'", ",", ")");
                }
            }

            _cursor.Take();
            return new ParameterSyntax(name.Name, ScalarType.Dynamic, columns, null, name.Span);
        }

        ScalarType type = _pipelines.Expressions.ParseType();
        ExpressionSyntax? fallback = _cursor.TryTake("=") ? _pipelines.Expressions.Parse() : null;
        return new ParameterSyntax(name.Name, type, null, fallback, name.Span);
    }
}
