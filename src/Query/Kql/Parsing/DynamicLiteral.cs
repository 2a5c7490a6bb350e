using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>The inside of <c>dynamic(…)</c>: JSON, and beyond it KQL literals (<c>datetime(…)</c>, <c>1d</c>, single
/// quotes).</summary>
internal sealed class DynamicLiteral
{
    private const int MaxLiteralDepth = 4;

    private readonly List<Token> _tokens;
    private readonly int _origin;
    private readonly DynamicWriter _writer = new();
    private int _next;

    private DynamicLiteral(List<Token> tokens, int origin)
    {
        _tokens = tokens;
        _origin = origin;
    }

    /// <summary>Parses the text between the parentheses.</summary>
    /// <param name="text">That text.</param>
    /// <param name="origin">Its position in the query, for errors.</param>
    /// <param name="depth">1 for a literal that stands in no other.</param>
    public static Scalar Parse(string text, int origin, int depth)
    {
        if (depth > MaxLiteralDepth)
        {
            throw new QueryException(
                "limit",
                $"dynamic literals nest deeper than {MaxLiteralDepth}",
                new TextSpan(origin, text.Length));
        }

        List<Token> tokens;
        try
        {
            tokens = Lexer.Tokenize(text, depth);
        }
        catch (QueryException inner)
        {
            throw new QueryException(inner.Code, inner.Message, inner.Span with { Start = inner.Span.Start + origin });
        }

        var literal = new DynamicLiteral(tokens, origin);
        if (tokens[0].Kind == TokenKind.End)
        {
            throw literal.Unexpected("a value");
        }

        literal.Value(0);
        if (literal.Current.Kind != TokenKind.End)
        {
            throw literal.Unexpected("')'");
        }

        byte[] encoded = literal._writer.Written.ToArray();
        return new DynamicReader(encoded).IsNull ? Scalar.Null(ScalarType.Dynamic) : Scalar.OfDynamic(encoded);
    }

    private Token Current => _tokens[_next];

    private void Value(int depth)
    {
        if (depth > DynamicJson.MaxDepth)
        {
            throw new QueryException("limit", $"a dynamic literal nests deeper than {DynamicJson.MaxDepth}", Place());
        }

        if (Current.Is("["))
        {
            _next++;
            _writer.BeginArray();
            List(() => Value(depth + 1), "]");
            _writer.EndArray();
        }
        else if (Current.Is("{"))
        {
            _next++;
            Bag(depth);
        }
        else
        {
            Primitive();
        }
    }

    // As in JSON, the last of repeated keys wins.
    private void Bag(int depth)
    {
        var values = new Dictionary<string, Scalar>(StringComparer.Ordinal);
        List<string> order = [];
        List(
            () =>
            {
                string key = Current.Text;
                if (Current.Kind is not (TokenKind.String or TokenKind.Identifier))
                {
                    throw Unexpected("a property name");
                }

                _next++;
                Expect(":");
                int start = _next;
                var inner = new DynamicLiteral(_tokens, _origin) { _next = start };
                inner.Value(depth + 1);
                _next = inner._next;
                if (values.TryAdd(key, default))
                {
                    order.Add(key);
                }

                values[key] = Scalar.OfDynamic(inner._writer.Written.ToArray());
            },
            "}");
        _writer.BeginBag();
        foreach (string key in order)
        {
            _writer.WriteKey(Encoding.UTF8.GetBytes(key));
            _writer.WriteValue(new DynamicReader((byte[])values[key].Value!));
        }

        _writer.EndBag();
    }

    private void List(Action element, string close)
    {
        while (!Current.Is(close))
        {
            element();
            if (Current.Is(","))
            {
                _next++;
            }
            else if (!Current.Is(close))
            {
                throw Unexpected($"',' or '{close}'");
            }
        }

        _next++;
    }

    private void Primitive()
    {
        bool isNegative = Current.Is("-") || Current.Is("+");
        bool negate = Current.Is("-");
        if (isNegative)
        {
            _next++;
        }

        Token token = Current;
        _next++;
        switch (token.Kind)
        {
            case TokenKind.String when !isNegative:
                _writer.WriteString(token.Text);
                break;
            case TokenKind.Dynamic when !isNegative:
                _writer.WriteValue(new DynamicReader((byte[]?)token.Value.Value ?? []));
                break;
            case TokenKind.Literal when token.Value.IsNull:
                _writer.WriteNull();
                break;
            case TokenKind.Literal:
                Literal(token.Value, negate);
                break;
            case TokenKind.Identifier when token.Text is "true" or "false" && !isNegative:
                _writer.WriteBool(token.Text == "true");
                break;
            case TokenKind.Identifier when token.Text == "null" && !isNegative:
                _writer.WriteNull();
                break;
            default:
                _next--;
                throw Unexpected("a JSON value");
        }
    }

    private void Literal(Scalar value, bool negate)
    {
        switch (value.Value)
        {
            case long number when value.Type == ScalarType.DateTime:
                _writer.WriteDateTime(number);
                break;
            case long number when value.Type == ScalarType.TimeSpan:
                _writer.WriteTimeSpan(negate ? -number : number);
                break;
            case long number:
                _writer.WriteLong(negate ? -number : number);
                break;
            case int number:
                _writer.WriteLong(negate ? -number : number);
                break;
            case double number:
                _writer.WriteReal(negate ? -number : number);
                break;
            case decimal number:
                _writer.WriteDecimal(negate ? -number : number);
                break;
            case bool truth:
                _writer.WriteBool(truth);
                break;
            default:
                _writer.WriteGuid((Guid)value.Value!);
                break;
        }
    }

    private void Expect(string mark)
    {
        if (!Current.Is(mark))
        {
            throw Unexpected($"'{mark}'");
        }

        _next++;
    }

    private TextSpan Place() => Current.Span with { Start = Current.Span.Start + _origin };

    private QueryException Unexpected(string expected) =>
        new(
            "syntax",
            $"expected {expected} in a dynamic literal, met {Current.Describe()}",
            Place())
        { Expected = [expected.Trim('\'')] };
}
