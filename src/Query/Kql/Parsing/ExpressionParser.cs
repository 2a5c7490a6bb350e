using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>Expressions, by precedence climbing; a table query may stand wherever parentheses or arguments
/// are.</summary>
internal sealed class ExpressionParser
{
    // A chain such as a + b + … becomes a tree of this depth; and/or chains are balanced and have no such limit.
    private const int MaxChain = 400;

    private readonly TokenCursor _cursor;
    private readonly PipelineParser _pipelines;

    public ExpressionParser(TokenCursor cursor, PipelineParser pipelines)
    {
        _cursor = cursor;
        _pipelines = pipelines;
    }

    /// <summary>A scalar expression.</summary>
    public ExpressionSyntax Parse() => Binary(OperatorPrecedence.Or);

    /// <summary>An operand without binary operators (the value of an option, the table of a join).</summary>
    public ExpressionSyntax ParseOperand() => Unary();

    /// <summary>An expression or a table query.</summary>
    public ExpressionSyntax ParseExpressionOrPipeline()
    {
        _cursor.Enter();
        TextSpan start = _cursor.Current.Span;
        ExpressionSyntax parsed = _pipelines.TryParseSource() ?? Parse();
        if (_cursor.Is("|"))
        {
            parsed = _pipelines.ParseRest(parsed, start);
        }

        _cursor.Leave();
        return parsed;
    }

    /// <summary><c>name = value</c>, <c>(a, b) = value</c> or a value.</summary>
    public NamedExpressionSyntax ParseNamed()
    {
        if (StartsAssignment())
        {
            NameSyntax name = ParseName("a column name");
            _cursor.Expect("=");
            return new NamedExpressionSyntax([name], Parse(), false);
        }

        if (_cursor.Is("(") && _cursor.BehindClose(0) is > 0 and var behind && _cursor.Ahead(behind).Is("="))
        {
            _cursor.Take();
            List<NameSyntax> names = ParseList(() => ParseName("a column name"));
            _cursor.Expect(")");
            _cursor.Expect("=");
            return new NamedExpressionSyntax(names, Parse(), true);
        }

        return new NamedExpressionSyntax([], Parse(), false);
    }

    /// <summary>One or more, separated by commas.</summary>
    public List<T> ParseList<T>(Func<T> element)
    {
        List<T> elements = [element()];
        while (_cursor.TryTake(","))
        {
            elements.Add(element());
        }

        return elements;
    }

    /// <summary>A name, bare or as <c>['a b']</c>.</summary>
    public NameSyntax ParseName(string what)
    {
        TextSpan start = _cursor.Current.Span;
        if (_cursor.Is("[") && _cursor.Ahead(1).Kind == TokenKind.String)
        {
            _cursor.Take();
            string quoted = _cursor.Take().Text;
            _cursor.Expect("]");
            return new NameSyntax(quoted, true, _cursor.SpanFrom(start));
        }

        return new NameSyntax(_cursor.ExpectIdentifier(what).Text, false, start);
    }

    /// <summary>A name that may hold <c>*</c>, for instance <c>a*</c>.</summary>
    public ExpressionSyntax ParseNamePattern(string what)
    {
        if (_cursor.Is("["))
        {
            return ParseName(what);
        }

        TextSpan start = _cursor.Current.Span;
        string pattern = "";
        while (_cursor.Current is { Kind: TokenKind.Identifier } or { Text: "*" or "." }
            && (pattern.Length == 0 || !_cursor.Current.HasSpaceBefore))
        {
            pattern += _cursor.Take().Text;
        }

        TextSpan span = _cursor.SpanFrom(start);
        return pattern.Length == 0 ? throw _cursor.Unexpected(what)
            : pattern.Contains('*', StringComparison.Ordinal) ? new WildcardSyntax(pattern, span)
            : new NameSyntax(pattern, false, span);
    }

    /// <summary><c>typeof(a, b)</c>.</summary>
    public TypeofSyntax ParseTypeof()
    {
        TextSpan start = _cursor.Expect("typeof").Span;
        _cursor.Expect("(");
        List<ScalarType> types = ParseList(() => ParseType());
        _cursor.Expect(")");
        return new TypeofSyntax(types, _cursor.SpanFrom(start));
    }

    /// <summary>The name of a type.</summary>
    public ScalarType ParseType()
    {
        Token token = _cursor.Current;
        if (token.Kind == TokenKind.Identifier && ScalarTypes.TryParse(token.Text, out ScalarType type))
        {
            _cursor.Take();
            return type;
        }

        QueryException error = _cursor.Unexpected("a type", Names.AllTypes);
        throw token.Kind == TokenKind.Identifier
            ? new QueryException(
                "syntax",
                error.Message,
                error.Span)
            { Expected = error.Expected, Suggestion = Names.Nearest(token.Text, Names.AllTypes) }
            : error;
    }

    private bool StartsAssignment() =>
        _cursor.Current.Kind == TokenKind.Identifier
            ? _cursor.Ahead(1).Is("=")
            : _cursor.Is("[")
                && _cursor.Ahead(1).Kind == TokenKind.String
                && _cursor.Ahead(2).Is("]")
                && _cursor.Ahead(3).Is("=");

    private ExpressionSyntax Binary(int level)
    {
        _cursor.Enter();
        ExpressionSyntax left = Unary();
        int chain = 0;
        while (OperatorPrecedence.Of(_cursor.Current) is var met && met >= level && met > 0)
        {
            if (met <= OperatorPrecedence.And)
            {
                left = Logical(left, met);
                continue;
            }

            if (++chain > MaxChain)
            {
                throw new QueryException("limit", $"more than {MaxChain} operators in one chain", _cursor.Current.Span);
            }

            left = Continue(left, met);
        }

        _cursor.Leave();
        return left;
    }

    // a and b and c …: balanced, since the order of evaluation does not show and a deep tree costs stack.
    private ExpressionSyntax Logical(ExpressionSyntax first, int level)
    {
        Token name = _cursor.Current;
        List<ExpressionSyntax> operands = [first];
        while (OperatorPrecedence.Of(_cursor.Current) == level)
        {
            _cursor.Take();
            operands.Add(Binary(level + 1));
        }

        return Balance(name, operands, 0, operands.Count);
    }

    private static ExpressionSyntax Balance(Token name, List<ExpressionSyntax> operands, int start, int count)
    {
        if (count == 1)
        {
            return operands[start];
        }

        ExpressionSyntax left = Balance(name, operands, start, count - (count / 2));
        ExpressionSyntax right = Balance(name, operands, start + count - (count / 2), count / 2);
        return new BinarySyntax(name.Text, left, right, name.Span, Join(left, right.Span));
    }

    private ExpressionSyntax Continue(ExpressionSyntax left, int level)
    {
        Token name = _cursor.Take();
        if (OperatorPrecedence.TakesList(name.Text))
        {
            return List(left, name);
        }

        if (name.Text is "between" or "!between")
        {
            _cursor.Expect("(");
            ExpressionSyntax low = Parse();
            _cursor.Expect("..");
            ExpressionSyntax high = Parse();
            _cursor.Expect(")");
            return new BetweenSyntax(left, low, high, name.Text[0] == '!', Join(left, _cursor.Previous.Span));
        }

        string text = name.Text;
        if (text == "matches")
        {
            _cursor.Expect("regex");
            text = "matches regex";
        }

        ExpressionSyntax right = Binary(level + 1);
        return new BinarySyntax(text, left, right, name.Span, Join(left, right.Span));
    }

    private ListSyntax List(ExpressionSyntax left, Token name)
    {
        _cursor.Expect("(");
        List<ExpressionSyntax> items = _cursor.Is(")") ? [] : ParseList(ParseExpressionOrPipeline);
        _cursor.Expect(")");
        return new ListSyntax(name.Text, left, items, name.Span, Join(left, _cursor.Previous.Span));
    }

    private ExpressionSyntax Unary()
    {
        if (_cursor.Is("-") || _cursor.Is("+"))
        {
            Token sign = _cursor.Take();
            return new UnarySyntax(sign.Text, Path(), _cursor.SpanFrom(sign.Span));
        }

        return Path();
    }

    private ExpressionSyntax Path()
    {
        ExpressionSyntax value = Primary();
        for (int chain = 0; _cursor.Is(".") || (_cursor.Is("[") && IsIndexable(value)); chain++)
        {
            if (chain > MaxChain)
            {
                throw new QueryException("limit", $"a path of more than {MaxChain} steps", _cursor.Current.Span);
            }

            value = Postfix(value);
        }

        return value;
    }

    private static bool IsIndexable(ExpressionSyntax value) =>
        value is not LiteralSyntax { Value.Type: not ScalarType.Dynamic } and not WildcardSyntax;

    private ExpressionSyntax Postfix(ExpressionSyntax target)
    {
        if (_cursor.TryTake("."))
        {
            if (_cursor.Is("["))
            {
                return Index(target);
            }

            if (_cursor.Is("*"))
            {
                Token star = _cursor.Take();
                return new MemberSyntax(target, "*", Join(target, star.Span));
            }

            Token name = _cursor.ExpectIdentifier("a property name");
            if (_cursor.Is("("))
            {
                return Call(name) with { Receiver = target };
            }

            return new MemberSyntax(target, name.Text, Join(target, name.Span));
        }

        return Index(target);
    }

    private IndexSyntax Index(ExpressionSyntax target)
    {
        _cursor.Expect("[");
        ExpressionSyntax index = Parse();
        _cursor.Expect("]");
        return new IndexSyntax(target, index, Join(target, _cursor.Previous.Span));
    }

    private ExpressionSyntax Primary()
    {
        Token token = _cursor.Current;
        switch (token.Kind)
        {
            case TokenKind.Literal or TokenKind.Dynamic:
                _cursor.Take();
                return new LiteralSyntax(token.Value, token.Span);
            case TokenKind.String:
                return Strings();
            case TokenKind.Identifier when token.Text == "typeof" && _cursor.Ahead(1).Is("("):
                return ParseTypeof();
            case TokenKind.Identifier when token.Text is "true" or "false" && !_cursor.Ahead(1).Is("("):
                _cursor.Take();
                return new LiteralSyntax(Scalar.Of(token.Text == "true"), token.Span);
            case TokenKind.Identifier:
                _cursor.Take();
                return _cursor.Is("(") ? Call(token) : new NameSyntax(token.Text, false, token.Span);
            case TokenKind.Punctuation when token.Text == "(":
                _cursor.Take();
                ExpressionSyntax inner = ParseExpressionOrPipeline();
                _cursor.Expect(")");
                return inner;
            case TokenKind.Punctuation when token.Text == "[" && _cursor.Ahead(1).Kind == TokenKind.String:
                return ParseName("a name");
            case TokenKind.Punctuation when token.Text == "*":
                _cursor.Take();
                return new WildcardSyntax("*", token.Span);
            default:
                throw _cursor.Unexpected("an expression");
        }
    }

    private LiteralSyntax Strings()
    {
        Token first = _cursor.Take();
        string text = first.Text;
        while (_cursor.Current.Kind == TokenKind.String)
        {
            text += _cursor.Take().Text;
        }

        return new LiteralSyntax(Scalar.Of(text), _cursor.SpanFrom(first.Span));
    }

    private CallSyntax Call(Token name)
    {
        _cursor.Expect("(");
        _cursor.Enter();
        List<ArgumentSyntax> arguments = _cursor.Is(")") ? [] : ParseList(Argument);
        _cursor.Leave();
        if (!_cursor.Is(")"))
        {
            throw _cursor.Unexpected("',' or ')'", ",", ")");
        }

        _cursor.Take();
        return new CallSyntax(name.Text, arguments, name.Span, _cursor.SpanFrom(name.Span));
    }

    private ArgumentSyntax Argument()
    {
        if (_cursor.Current.Kind == TokenKind.Identifier && _cursor.Ahead(1).Is("="))
        {
            string name = _cursor.Take().Text;
            _cursor.Take();
            return new ArgumentSyntax(name, ParseExpressionOrPipeline());
        }

        // `~` stands for a default, in arguments of plugins.
        if (_cursor.Is("~"))
        {
            Token tilde = _cursor.Take();
            return new ArgumentSyntax(null, new LiteralSyntax(Scalar.Of("~"), tilde.Span));
        }

        return new ArgumentSyntax(null, ParseExpressionOrPipeline());
    }

    private static TextSpan Join(ExpressionSyntax left, TextSpan right) =>
        new(left.Span.Start, Math.Max(0, right.End - left.Span.Start));
}
