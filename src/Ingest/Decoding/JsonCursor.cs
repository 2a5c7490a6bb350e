using System.Buffers.Text;
using System.Numerics;
using System.Runtime.Intrinsics;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;

namespace Bongsu.Ingest.Decoding;

/// <summary>Reads JSON values (RFC 8259) one after the other from a row in a body, without exceptions and without
/// copying.</summary>
/// <remarks>
/// The body is valid UTF-8. A row ends at <c>end</c>, which is a newline or the end of the body; strings may be scanned
/// past it,
/// but cannot reach past it, since a newline ends them.
/// </remarks>
internal ref struct JsonCursor
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly int _start;
    private readonly int _end;
    private readonly JsonScratch _scratch;

    public JsonCursor(ReadOnlySpan<byte> body, int start, int end, JsonScratch scratch)
    {
        _body = body;
        _start = start;
        _end = end;
        _scratch = scratch;
        Position = start;
    }

    /// <summary>Where the next byte is read, in the body.</summary>
    public int Position { get; set; }

    /// <summary>Whether the row is read to its end.</summary>
    public readonly bool IsAtEnd => Position >= _end;

    /// <summary>What went wrong first.</summary>
    public string? Error { get; private set; }

    /// <summary>The next byte, blanks skipped; 0 at the end.</summary>
    public byte Peek()
    {
        while (Position < _end)
        {
            byte next = _body[Position];
            if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return next;
            }

            Position++;
        }

        return 0;
    }

    /// <summary>The byte at the position as it is; 0 at the end.</summary>
    public readonly byte Current => Position < _end ? _body[Position] : (byte)0;

    /// <summary>Whether the bytes from the position on are these, and steps over them.</summary>
    public bool TrySkip(ReadOnlySpan<byte> expected)
    {
        if (!_body[Position.._end].StartsWith(expected))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    /// <summary>Notes what was expected here; always false.</summary>
    public bool Fail(string expected)
    {
        Error ??= !_scratch.Explains ? expected
            : Position >= _end
            ? $"expected {expected} at byte {Position - _start + 1}, met the end of the row"
            : $"expected {expected} at byte {Position - _start + 1}, met {Shown(_body[Position])}";
        return false;
    }

    /// <summary>Notes a reason; always false.</summary>
    public bool Refuse(string reason)
    {
        Error ??= reason;
        return false;
    }

    /// <summary>Forgets what went wrong.</summary>
    public void ClearError() => Error = null;

    /// <summary>Reads a string; the position is on its opening quote.</summary>
    /// <param name="utf8">Its text; holds until the next string is read.</param>
    public bool TryReadString(out ReadOnlySpan<byte> utf8)
    {
        int start = Position + 1;
        int stop = FindStringStop(_body, start);
        if (stop < _end && _body[stop] == '"')
        {
            utf8 = _body[start..stop];
            Position = stop + 1;
            return true;
        }

        return TryReadEscapedString(start, stop, out utf8);
    }

    /// <summary>Reads a number; the position is on its first digit or sign.</summary>
    public bool TryReadNumber(out JsonNumber number)
    {
        number = default;
        int start = Position;
        int at = start;
        bool isNegative = _body[at] == '-';
        at += isNegative ? 1 : 0;
        int digitsStart = at;
        long mantissa = 0;
        for (; at < _end && (uint)(_body[at] - '0') <= 9; at++)
        {
            mantissa = (mantissa * 10) + (_body[at] - '0');
        }

        int digits = at - digitsStart;
        if (digits == 0 || (digits > 1 && _body[digitsStart] == '0'))
        {
            Position = digits == 0 ? at : digitsStart + 1;
            return Fail(digits == 0 ? "a digit" : "no digit after a leading zero");
        }

        if (at >= _end || _body[at] is not ((byte)'.' or (byte)'e' or (byte)'E'))
        {
            Position = at;
            number = digits <= JsonScan.MaxDigits
                ? JsonNumber.Of(isNegative ? -mantissa : mantissa)
                : LongInteger(_body[start..at], digits);
            return true;
        }

        return TryReadFraction(start, at, digits, isNegative, mantissa, out number);
    }

    /// <summary>Reads any value as an encoded dynamic; the position is on its first byte.</summary>
    /// <param name="writer">The value is appended.</param>
    /// <param name="depth">How many more levels of nesting are allowed.</param>
    public bool TryReadDynamic(DynamicWriter writer, int depth)
    {
        switch (Peek())
        {
            case (byte)'"':
                if (!TryReadString(out ReadOnlySpan<byte> text))
                {
                    return false;
                }

                writer.WriteString(text);
                return true;
            case (byte)'[':
                return depth > 0 ? TryReadArray(writer, depth) : TooDeep();
            case (byte)'{':
                return depth > 0 ? TryReadBag(writer, depth) : TooDeep();
            case (byte)'t' when TrySkip("true"u8):
                writer.WriteBool(true);
                return true;
            case (byte)'f' when TrySkip("false"u8):
                writer.WriteBool(false);
                return true;
            case (byte)'n' when TrySkip("null"u8):
                writer.WriteNull();
                return true;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                if (!TryReadNumber(out JsonNumber number))
                {
                    return false;
                }

                Write(number, writer);
                return true;
            default:
                return Fail("a value");
        }
    }

    /// <summary>Appends a number as a dynamic value.</summary>
    public static void Write(in JsonNumber number, DynamicWriter writer)
    {
        switch (number.Kind)
        {
            case JsonNumberKind.Long:
                writer.WriteLong(number.Integer);
                break;
            case JsonNumberKind.Real:
                writer.WriteReal(number.Real);
                break;
            default:
                writer.WriteDecimal(number.Decimal);
                break;
        }
    }

    /// <summary>Steps over the object at the position by its braces alone; false where it does not end.</summary>
    public bool TrySkipObject()
    {
        int open = 0;
        for (int at = Position; at < _end; at++)
        {
            switch (_body[at])
            {
                case (byte)'"':
                    at = FindStringEnd(at + 1);
                    break;
                case (byte)'{' or (byte)'[':
                    open++;
                    break;
                case (byte)'}' or (byte)']' when --open == 0:
                    Position = at + 1;
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>Notes that the row nests too deep; always false.</summary>
    public bool TooDeep() => Refuse($"nesting too deep at byte {Position - _start + 1}");

    // The first quote, backslash or control character from a position on, or the end of the body.
    private static int FindStringStop(ReadOnlySpan<byte> body, int at)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            for (; at <= body.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
            {
                Vector256<byte> bytes = Vector256.Create(body.Slice(at, Vector256<byte>.Count));
                Vector256<byte> stops = Vector256.Equals(bytes, Vector256.Create((byte)'"')) |
                    Vector256.Equals(bytes, Vector256.Create((byte)'\\')) |
                    Vector256.LessThan(bytes, Vector256.Create((byte)' '));
                uint mask = stops.ExtractMostSignificantBits();
                if (mask != 0)
                {
                    return at + BitOperations.TrailingZeroCount(mask);
                }
            }
        }

        while (at < body.Length && body[at] is not ((byte)'"' or (byte)'\\') && body[at] >= ' ')
        {
            at++;
        }

        return at;
    }

    // The closing quote from a position on, control characters passed over; the row's end where there is none.
    private readonly int FindStringEnd(int at)
    {
        while (at < _end && _body[at] != '"')
        {
            at = FindStringStop(_body, at + (_body[at] == '\\' ? 2 : _body[at] < ' ' ? 1 : 0));
        }

        return at;
    }

    private bool TryReadEscapedString(int start, int stop, out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        while (stop < _end && _body[stop] == '\\')
        {
            stop = Math.Min(_end, stop + 2);
            stop = FindStringStop(_body, stop);
        }

        if (stop >= _end || _body[stop] != '"')
        {
            Position = Math.Min(stop, _end);
            return Fail("the closing quote of a string");
        }

        ReadOnlySpan<byte> escaped = _body[start..stop];
        Span<byte> room = _scratch.Room(escaped.Length);
        if (!JsonEscapes.TryUnescape(escaped, room, out int length))
        {
            return Refuse($"wrong escape in the string at byte {start - _start}");
        }

        utf8 = room[..length];
        Position = stop + 1;
        return true;
    }

    private bool TryReadFraction(
        int start, int at, int digits, bool isNegative, long mantissa, out JsonNumber number)
    {
        number = default;
        int scale = 0;
        if (_body[at] == '.')
        {
            int fractionStart = ++at;
            for (; at < _end && (uint)(_body[at] - '0') <= 9; at++)
            {
                mantissa = (mantissa * 10) + (_body[at] - '0');
            }

            scale = at - fractionStart;
            if (scale == 0)
            {
                Position = at;
                return Fail("a digit after the point");
            }
        }

        bool hasExponent = at < _end && _body[at] is (byte)'e' or (byte)'E';
        if (hasExponent && !TrySkipExponent(ref at))
        {
            return false;
        }

        Position = at;

        if (!hasExponent && JsonScan.TryScale(mantissa, digits + scale, scale, out double value))
        {
            number = JsonNumber.Of(isNegative ? -value : value);
            return true;
        }

        return Utf8Parser.TryParse(_body[start..at], out double real, out int consumed) && consumed == at - start
            ? (number = JsonNumber.Of(real)) is var _
            : Fail("a number");
    }

    private bool TrySkipExponent(ref int at)
    {
        at++;
        if (at < _end && _body[at] is (byte)'+' or (byte)'-')
        {
            at++;
        }

        int start = at;
        while (at < _end && (uint)(_body[at] - '0') <= 9)
        {
            at++;
        }

        Position = at;
        return at > start || Fail("a digit of the exponent");
    }

    // Integers past 18 digits: long, else decimal (28 digits), else real.
    private static JsonNumber LongInteger(ReadOnlySpan<byte> text, int digits)
    {
        if (Utf8Parser.TryParse(text, out long integer, out int consumed) && consumed == text.Length)
        {
            return JsonNumber.Of(integer);
        }

        if (digits <= 28 && Utf8Parser.TryParse(text, out decimal number, out consumed) && consumed == text.Length)
        {
            return JsonNumber.Of(number);
        }

        return JsonNumber.Of(Utf8Parser.TryParse(text, out double real, out _) ? real : double.NaN);
    }

    private bool TryReadArray(DynamicWriter writer, int depth)
    {
        Position++;
        writer.BeginArray();
        if (Peek() == ']')
        {
            Position++;
            writer.EndArray();
            return true;
        }

        while (TryReadDynamic(writer, depth - 1))
        {
            byte next = Peek();
            if (next is not ((byte)',' or (byte)']'))
            {
                return Fail("',' or ']'");
            }

            Position++;
            if (next == ']')
            {
                writer.EndArray();
                return true;
            }
        }

        return false;
    }

    private bool TryReadBag(DynamicWriter writer, int depth)
    {
        Position++;
        writer.BeginBag();
        if (Peek() == '}')
        {
            Position++;
            writer.EndBag();
            return true;
        }

        while (TryReadKey(out ReadOnlySpan<byte> name))
        {
            writer.WriteKey(name);
            if (!TryReadDynamic(writer, depth - 1))
            {
                return false;
            }

            byte next = Peek();
            if (next is not ((byte)',' or (byte)'}'))
            {
                return Fail("',' or '}'");
            }

            Position++;
            if (next == '}')
            {
                writer.EndBagOfRepeatedKeys();
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a key and the colon after it.</summary>
    public bool TryReadKey(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (Peek() != '"')
        {
            return Fail("a key in quotes");
        }

        if (!TryReadString(out name))
        {
            return false;
        }

        if (Peek() != ':')
        {
            return Fail("':'");
        }

        Position++;
        return true;
    }

    private static string Shown(byte value) => value is > 0x20 and < 0x7F ? $"'{(char)value}'" : $"byte 0x{value:x2}";
}
