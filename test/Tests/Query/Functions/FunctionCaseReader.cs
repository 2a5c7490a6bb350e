using Bongsu.Query.Functions.Casts;
using System.Globalization;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;

namespace Bongsu.Tests.Query.Functions;

/// <summary>Reads the literals and calls of a <see cref="FunctionCase"/>.</summary>
internal sealed class FunctionCaseReader(string text)
{
    private int _position;

    public Scalar ReadValue()
    {
        SkipBlanks();
        char next = text[_position];
        if (next == '\'')
        {
            return Scalar.Of(ReadQuoted());
        }

        if (char.IsAsciiDigit(next) || (next == '-' && text.Length > _position + 1 && char.IsAsciiDigit(text[_position + 1])))
        {
            return ReadNumber();
        }

        int open = text.IndexOf('(', _position);
        string name = open < 0 ? text[_position..].Trim() : text[_position..open].Trim();
        int bare = name.IndexOfAny([',', ')']);
        if (open < 0 || bare >= 0)
        {
            name = bare >= 0 ? name[..bare] : name;
            _position += name.Length;
            return name switch
            {
                "true" or "false" => Scalar.Of(name == "true"),
                "nan" => Scalar.Of(double.NaN),
                "inf" => Scalar.Of(double.PositiveInfinity),
                "-inf" => Scalar.Of(double.NegativeInfinity),
                _ => throw new FormatException($"'{name}' in {text}"),
            };
        }

        _position = open + 1;
        return name is "int" or "dec" or "dt" or "ts" or "guid" or "dyn" or "null" ? ReadTyped(name) : ReadCall(name);
    }

    private Scalar ReadCall(string name)
    {
        List<Scalar> arguments = [];
        SkipBlanks();
        while (text[_position] != ')')
        {
            arguments.Add(ReadValue());
            SkipBlanks();
            if (text[_position] == ',')
            {
                _position++;
                SkipBlanks();
            }
        }

        _position++;
        return FunctionCase.Call(name, arguments);
    }

    // The text up to the parenthesis that closes this one; quotes hide parentheses.
    private Scalar ReadTyped(string name)
    {
        int start = _position;
        bool isQuoted = false;
        for (int depth = 1; depth > 0; _position++)
        {
            isQuoted ^= text[_position] == '"';
            depth += isQuoted ? 0 : text[_position] == '(' ? 1 : text[_position] == ')' ? -1 : 0;
        }

        string inner = text[start..(_position - 1)];
        switch (name)
        {
            case "null":
                Assert.True(ScalarTypes.TryParse(inner, out ScalarType type));
                return Scalar.Null(type);
            case "dyn":
                var writer = new DynamicWriter();
                Assert.True(DynamicJson.TryParse(System.Text.Encoding.UTF8.GetBytes(inner), writer), inner);
                return Scalar.OfDynamic(writer.Written.ToArray());
            default:
                ScalarType target = name switch
                {
                    "int" => ScalarType.Int,
                    "dec" => ScalarType.Decimal,
                    "dt" => ScalarType.DateTime,
                    "ts" => ScalarType.TimeSpan,
                    _ => ScalarType.Guid,
                };
                Scalar value = Cast.Convert(Scalar.Of(inner), target);
                Assert.False(value.IsNull, $"{name}({inner})");
                return value;
        }
    }

    private Scalar ReadNumber()
    {
        int start = _position++;
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] is '.' or '+' ||
            (text[_position] == '-' && text[_position - 1] is 'e' or 'E')))
        {
            _position++;
        }

        string number = text[start.._position];
        return long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
            ? Scalar.Of(integer)
            : Scalar.Of(double.Parse(number, CultureInfo.InvariantCulture));
    }

    // '' stands for a quote.
    private string ReadQuoted()
    {
        int start = ++_position;
        while (text[_position] != '\'' || (_position + 1 < text.Length && text[_position + 1] == '\''))
        {
            _position += text[_position] == '\'' ? 2 : 1;
        }

        return text[start.._position++].Replace("''", "'", StringComparison.Ordinal);
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && text[_position] == ' ')
        {
            _position++;
        }
    }
}
