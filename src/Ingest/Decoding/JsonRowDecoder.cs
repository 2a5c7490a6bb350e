using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Bongsu.Core.Dynamic;

namespace Bongsu.Ingest.Decoding;

/// <summary>Decodes JSON objects to rows: nested objects to dot paths, arrays to dynamic values. One owner.</summary>
/// <remarks>
/// Rows of one sender mostly differ in their values only. The decoder learns the bytes between the values
/// (<see cref="ShapeNode"/>)
/// and compares them instead of reading keys; where they differ the row is read in full, and learned. Both ways set the
/// same values.
/// </remarks>
internal sealed class JsonRowDecoder
{
    private const int MaxNodes = 4_096;
    private const int MaxGapBytes = 1_024;

    // After this many misses within a round of rows, the rest of the round is read in full: trying costs more than it
    // gains.
    private const int MissesPerRound = 64;
    private const int RowsPerRound = 128;

    private readonly BatchBuilder _rows;
    private readonly int _maxDepth;
    private readonly JsonScratch _scratch = new();
    private readonly DynamicWriter _writer = new();
    private readonly List<Step> _steps = [];
    private readonly Dictionary<(ObjectPath, Field), List<ShapeNode>> _nodes = [];
    private readonly ObjectPath _rootPath = new(null, []);
    private readonly ShapeNode _root;
    private readonly List<ShapeNode> _ends = [];
    private byte[] _name = new byte[256];
    private int _nodeCount;
    private int _rowsOfRound;
    private int _missesOfRound;

    public JsonRowDecoder(BatchBuilder rows, DecodeLimits limits)
    {
        _rows = rows;
        _maxDepth = limits.MaxDepth;
        _root = new ShapeNode([], null, _rootPath);
    }

    /// <summary>The rows decoded.</summary>
    public BatchBuilder Rows => _rows;

    /// <summary>Whether no more shapes can be learned.</summary>
    public bool IsFull => _nodeCount >= MaxNodes;

    /// <summary>Whether errors are worth their text; off once no more of them are reported.</summary>
    public bool Explains
    {
        set => _scratch.Explains = value;
    }

    /// <summary>Whether learned shapes are used; off in tests only.</summary>
    internal bool UsesShapes { get; init; } = true;

    /// <summary>Rows read in full.</summary>
    internal long FullReads { get; private set; }

    /// <summary>Decodes one object and ends its row.</summary>
    /// <param name="body">Valid UTF-8.</param>
    /// <param name="start">Where the row begins.</param>
    /// <param name="end">Where it ends: at a newline, or with the body.</param>
    /// <param name="error">Why it was refused.</param>
    public bool TryDecode(ReadOnlySpan<byte> body, int start, int end, [NotNullWhen(false)] out string? error) =>
        TryDecode(body, start, end, null, default, out error);

    /// <summary>Decodes one object, adds a text that came beside it, and ends its row.</summary>
    /// <param name="body">Valid UTF-8.</param>
    /// <param name="start">Where the row begins.</param>
    /// <param name="end">Where it ends: at a newline, or with the body.</param>
    /// <param name="beside">Field of the text; null for none.</param>
    /// <param name="text">The text; nothing is added where it is empty.</param>
    /// <param name="error">Why it was refused.</param>
    public bool TryDecode(
        ReadOnlySpan<byte> body,
        int start,
        int end,
        Field? beside,
        ReadOnlySpan<byte> text,
        [NotNullWhen(false)] out string? error)
    {
        if (_rowsOfRound++ == RowsPerRound)
        {
            _rowsOfRound = 0;
            _missesOfRound = 0;
        }

        if (UsesShapes && _missesOfRound < MissesPerRound)
        {
            if (TryByShape(body, start, end))
            {
                return TryEnd(beside, text, out error);
            }

            _missesOfRound++;
            _rows.AbandonRow();
        }

        FullReads++;
        var cursor = new JsonCursor(body, start, end, _scratch);
        _steps.Clear();
        if (!TryReadRow(ref cursor, start))
        {
            _rows.AbandonRow();
            error = cursor.Error!;
            return false;
        }

        if (!TryEnd(beside, text, out error))
        {
            return false;
        }

        Learn(body);
        return true;
    }

    private bool TryEnd(Field? beside, ReadOnlySpan<byte> text, [NotNullWhen(false)] out string? error)
    {
        if (beside is not null && !text.IsEmpty)
        {
            _rows.SetString(beside, text);
        }

        return _rows.TryEndRow(out error);
    }

    private bool TryByShape(ReadOnlySpan<byte> body, int start, int end)
    {
        int at = start;
        for (ShapeNode? node = _root.Next(body, at, end); node is not null; node = node.Next(body, at, end))
        {
            if (node.Field is not { } field)
            {
                return true;
            }

            at += node.GapLength;
            byte first = body[at];
            if (first == '"')
            {
                if (TrySetPlainString(body, ref at, field))
                {
                    continue;
                }
            }
            else if (((uint)(first - '0') <= 9 || first == '-') &&
                JsonScan.TryReadNumber(body, ref at, end, out bool isInteger, out long integer, out double real))
            {
                if (isInteger)
                {
                    _rows.SetLong(field, integer);
                }
                else
                {
                    _rows.SetReal(field, real);
                }

                continue;
            }

            if (!TrySetUnusual(body, start, ref at, end, node))
            {
                return false;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TrySetPlainString(ReadOnlySpan<byte> body, ref int at, Field field)
    {
        int start = at + 1;
        if (start > body.Length - ShortText.MaxBytes - 1)
        {
            return false;
        }

        var beginning = Vector256.Create(body.Slice(start, ShortText.MaxBytes));
        uint stops = JsonScan.StringStops(beginning);
        int length = BitOperations.TrailingZeroCount(stops);
        if (body[start + length] == '"')
        {
            at = start + length + 1;
            _rows.SetString(field, body.Slice(start, length), ShortText.Of(beginning, length));
            return true;
        }

        int stop = stops == 0 ? JsonScan.PlainStringEnd(body, start + ShortText.MaxBytes) : -1;
        if (stop < 0)
        {
            return false;
        }

        at = stop + 1;
        _rows.SetString(field, body[start..stop]);
        return true;
    }

    // Escapes, long numbers, words, arrays, strings at the body's end.
    private bool TrySetUnusual(ReadOnlySpan<byte> body, int start, ref int at, int end, ShapeNode node)
    {
        var cursor = new JsonCursor(body, start, end, _scratch) { Position = at };
        if (!TrySetValue(ref cursor, node.Field!, _maxDepth - node.Path.Depth))
        {
            return false;
        }

        at = cursor.Position;
        return true;
    }

    // An object's members, nested objects included, without recursion.
    private bool TryReadRow(ref JsonCursor cursor, int start)
    {
        if (cursor.Peek() != '{')
        {
            return cursor.Fail("an object");
        }

        cursor.Position++;
        ObjectPath path = _rootPath;
        int gapStart = start;
        bool isFirst = true;
        while (true)
        {
            byte next = cursor.Peek();
            if (next == '}')
            {
                cursor.Position++;
                if (path.Parent is null)
                {
                    return TryEndObject(ref cursor, gapStart);
                }

                path = path.Parent;
                isFirst = false;
                continue;
            }

            if (!isFirst)
            {
                if (next != ',')
                {
                    return cursor.Fail("',' or '}'");
                }

                cursor.Position++;
            }

            if (!cursor.TryReadKey(out ReadOnlySpan<byte> name))
            {
                return false;
            }

            isFirst = cursor.Peek() == '{';
            if (isFirst)
            {
                if (path.Depth >= _maxDepth)
                {
                    return cursor.TooDeep();
                }

                path = path.Child(name, _nodeCount < MaxNodes, out bool isNew);
                _nodeCount += isNew ? 1 : 0;
                cursor.Position++;
            }
            else if (!TryReadMember(ref cursor, path, name, ref gapStart))
            {
                return false;
            }
        }
    }

    private bool TryReadMember(ref JsonCursor cursor, ObjectPath path, ReadOnlySpan<byte> name, ref int gapStart)
    {
        Field field = _rows.Field(FullName(path, name));
        var step = new Step(gapStart, cursor.Position, field, path);
        if (!TrySetValue(ref cursor, field, _maxDepth - path.Depth))
        {
            return cursor.Fail("a value");
        }

        _steps.Add(step);
        gapStart = cursor.Position;
        return true;
    }

    private bool TryEndObject(ref JsonCursor cursor, int gapStart)
    {
        if (cursor.Peek() != 0 || !cursor.IsAtEnd)
        {
            return cursor.Fail("the end of the row");
        }

        _steps.Add(new Step(gapStart, cursor.Position, null, _rootPath));
        return true;
    }

    private ReadOnlySpan<byte> FullName(ObjectPath path, ReadOnlySpan<byte> name)
    {
        if (path.Prefix.Length == 0)
        {
            return name;
        }

        int length = path.Prefix.Length + name.Length;
        if (_name.Length < length)
        {
            _name = new byte[length * 2];
        }

        path.Prefix.CopyTo(_name, 0);
        name.CopyTo(_name.AsSpan(path.Prefix.Length));
        return _name.AsSpan(0, length);
    }

    // Reads the value at the cursor (no blanks before it) into a field; false also where it is an object.
    private bool TrySetValue(ref JsonCursor cursor, Field field, int depth)
    {
        switch (cursor.Current)
        {
            case (byte)'"':
                if (!cursor.TryReadString(out ReadOnlySpan<byte> text))
                {
                    return false;
                }

                _rows.SetString(field, text);
                return true;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return cursor.TryReadNumber(out JsonNumber number) && SetNumber(field, number);
            case (byte)'t' when cursor.TrySkip("true"u8):
                _rows.SetBool(field, true);
                return true;
            case (byte)'f' when cursor.TrySkip("false"u8):
                _rows.SetBool(field, false);
                return true;
            case (byte)'n' when cursor.TrySkip("null"u8):
                _rows.SetNull(field);
                return true;
            case (byte)'[':
                _writer.Clear();
                if (!cursor.TryReadDynamic(_writer, depth))
                {
                    return false;
                }

                _rows.SetDynamic(field, _writer.Written);
                return true;
            default:
                return false;
        }
    }

    private bool SetNumber(Field field, in JsonNumber number)
    {
        switch (number.Kind)
        {
            case JsonNumberKind.Long:
                _rows.SetLong(field, number.Integer);
                break;
            case JsonNumberKind.Real:
                _rows.SetReal(field, number.Real);
                break;
            default:
                _writer.Clear();
                JsonCursor.Write(number, _writer);
                _rows.SetDynamic(field, _writer.Written);
                break;
        }

        return true;
    }

    private void Learn(ReadOnlySpan<byte> body)
    {
        ShapeNode node = _root;
        foreach (Step step in _steps)
        {
            ReadOnlySpan<byte> gap = body[step.GapStart..step.GapEnd];
            ShapeNode? next = node.Find(gap, step.Field, step.Path) ?? Link(node, gap, step);
            if (next is null)
            {
                return;
            }

            node = next;
        }
    }

    // Makes a known or new node the successor of one; null once enough is remembered.
    private ShapeNode? Link(ShapeNode node, ReadOnlySpan<byte> gap, in Step step)
    {
        List<ShapeNode> candidates = _ends;
        if (step.Field is not null && !_nodes.TryGetValue((step.Path, step.Field), out candidates!))
        {
            candidates = [];
            _nodes.Add((step.Path, step.Field), candidates);
        }

        ShapeNode? next = null;
        foreach (ShapeNode candidate in candidates)
        {
            next = candidate.Is(gap, step.Field, step.Path) ? candidate : next;
        }

        if (next is null)
        {
            if (_nodeCount >= MaxNodes || gap.Length > MaxGapBytes)
            {
                return null;
            }

            next = new ShapeNode(gap.ToArray(), step.Field, step.Path);
            _nodeCount++;
            candidates.Add(next);
        }

        node.Add(next);
        return next;
    }

    private readonly record struct Step(int GapStart, int GapEnd, Field? Field, ObjectPath Path);
}
