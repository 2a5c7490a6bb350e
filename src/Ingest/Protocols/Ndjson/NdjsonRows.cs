using Bongsu.Core.Types;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.Ndjson;

/// <summary>The rows of one NDJSON body. One owner, used once.</summary>
internal sealed class NdjsonRows
{
    private readonly DecodeLimits _limits;
    private readonly BatchBuilder _rows;
    private readonly JsonRowDecoder _decoder;
    private readonly RejectList _rejects;
    private readonly TextRepairs _repairs = new();

    public NdjsonRows(DecodeOptions options, Schema? tableSchema, bool usesShapes = true)
    {
        _limits = options.Limits;
        _rows = new BatchBuilder(options, tableSchema);
        _decoder = new JsonRowDecoder(_rows, options.Limits) { UsesShapes = usesShapes };
        _rejects = new RejectList(options.Limits.MaxReportedRejects);
    }

    public void ReadLines(ReadOnlySpan<byte> body, bool isUtf8)
    {
        long line = 0;
        for (int start = 0; start < body.Length;)
        {
            line++;
            int length = body[start..].IndexOf((byte)'\n');
            int end = length < 0 ? body.Length : start + length;
            if (end - start > _limits.MaxRowBytes)
            {
                _rejects.Add(line, $"line of {end - start} bytes: the limit is {_limits.MaxRowBytes}");
            }
            else if (isUtf8)
            {
                ReadRow(body, start, end, line);
            }
            else
            {
                ReadOnlySpan<byte> mended = _repairs.ToUtf8(body[start..end]);
                ReadRow(mended, 0, mended.Length, line);
            }

            start = end + 1;
        }
    }

    public void ReadArray(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> mended = _repairs.ToUtf8(body);
        var cursor = new JsonCursor(mended, 0, mended.Length, new JsonScratch());
        cursor.Peek();
        cursor.Position++;
        long element = 1;
        if (cursor.Peek() == ']')
        {
            cursor.Position++;
        }
        else
        {
            while (TryReadElement(ref cursor, mended, element))
            {
                element++;
            }
        }

        if (cursor.Error is null && cursor.Peek() != 0)
        {
            cursor.Fail("nothing after the array");
        }

        if (cursor.Error is { } error)
        {
            _rejects.Add(element, error);
        }
    }

    public DecodedBatch Build() => new()
    {
        Batch = _rows.Build(),
        Rejects = _rejects.Items,
        RejectedCount = _rejects.Count,
        TranscodedCount = _repairs.Transcoded,
        RepairedCount = _repairs.Repaired,
    };

    private void ReadRow(ReadOnlySpan<byte> body, int start, int end, long line)
    {
        if (start < end && body[start] != '{')
        {
            while (start < end && body[start] is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                start++;
            }
        }

        if (start < end && !_decoder.TryDecode(body, start, end, out string? error))
        {
            _rejects.Add(line, error);
            _decoder.Explains = !_rejects.IsFull;
        }
    }

    // One element and the comma after it; false at the array's end, or where it is broken and the error is set.
    private bool TryReadElement(ref JsonCursor cursor, ReadOnlySpan<byte> body, long element)
    {
        if (cursor.Peek() != '{')
        {
            // What is no object is stepped over, so that the objects after it are kept.
            cursor.Fail("an object");
            _rejects.Add(element, cursor.Error!);
            cursor.ClearError();
            if (!cursor.TryReadDynamic(new Core.Dynamic.DynamicWriter(), _limits.MaxDepth))
            {
                return false;
            }
        }
        else
        {
            int start = cursor.Position;
            if (!cursor.TrySkipObject())
            {
                return cursor.Refuse($"the object at byte {start + 1} does not end");
            }

            ReadElement(body, start, cursor.Position, element);
        }

        byte next = cursor.Peek();
        if (next is not ((byte)',' or (byte)']'))
        {
            return cursor.Fail("',' or ']'");
        }

        cursor.Position++;
        return next == ',';
    }

    private void ReadElement(ReadOnlySpan<byte> body, int start, int end, long element)
    {
        if (end - start > _limits.MaxRowBytes)
        {
            _rejects.Add(element, $"object of {end - start} bytes: the limit is {_limits.MaxRowBytes}");
        }
        else if (!_decoder.TryDecode(body, start, end, out string? error))
        {
            _rejects.Add(element, error);
        }
    }
}
