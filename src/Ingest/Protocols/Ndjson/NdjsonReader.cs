using System.Text.Unicode;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Ingest.Decoding;
using Bongsu.Store.Schemas;

namespace Bongsu.Ingest.Protocols.Ndjson;

/// <summary>Decodes one NDJSON body as it comes in, piece by piece. One owner, used once.</summary>
/// <remarks>
/// Add all pieces in their order, then <see cref="FinishAsync"/>. A line that two pieces share is held back until its end
/// comes; a body that is one JSON array is held back as a whole. Of a large body, what comes after the first bytes is
/// decoded in chunks on all cores that are idle (<see cref="NdjsonChunks"/>).
/// </remarks>
public sealed class NdjsonReader : IDisposable
{
    private readonly DecodeOptions _options;
    private readonly Schema? _tableSchema;
    private readonly DecodeLimits _limits;
    private readonly JsonRowDecoder _decoder;
    private readonly RejectList _rejects;
    private readonly TextRepairs _repairs = new();
    private Form _form;
    private readonly HeldBytes _held = new();
    private readonly LinePieces _pieces;
    private long _line;
    private long _readBytes;
    private NdjsonChunks? _chunks;
    private DecodeCrew? _crew;

    /// <summary>A reader at the beginning of a body.</summary>
    /// <param name="options">Time and limits.</param>
    /// <param name="tableSchema">The table's columns so far, or null.</param>
    public NdjsonReader(DecodeOptions options, Schema? tableSchema = null)
        : this(options, tableSchema, usesShapes: true)
    {
    }

    internal NdjsonReader(DecodeOptions options, Schema? tableSchema, bool usesShapes)
    {
        _options = options;
        _tableSchema = tableSchema;
        _limits = options.Limits;
        _pieces = new LinePieces(_limits.MaxRowBytes);
        _decoder = options.Decoders?.Rent(options, tableSchema) ??
            new JsonRowDecoder(new BatchBuilder(options, tableSchema), options.Limits) { UsesShapes = usesShapes };
        _rejects = new RejectList(options.Limits.MaxReportedRejects);
        _crew = options.Crew;
        _crew?.Open();
    }

    private enum Form
    {
        Unknown,
        Lines,
        Array,
    }

    /// <summary>Whether the rows come from chunks; for tests.</summary>
    internal bool WasJoined { get; private set; }

    /// <summary>Takes the next bytes of the body, decompressed; UTF-8, or lines of CP949.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        _options.Crew?.Enter();
        try
        {
            AddPiece(piece);
        }
        finally
        {
            _options.Crew?.Leave();
        }
    }

    /// <summary>The rows of the whole body; the reader may not be used after it.</summary>
    public async Task<DecodedBatch> FinishAsync()
    {
        if (_chunks is null)
        {
            return Finish();
        }

        _pieces.Finish(TakeLines, RefuseLongLine);
        List<NdjsonChunk> chunks = await _chunks.CompleteAsync().ConfigureAwait(false);
        Batch? joined = TryJoin(chunks);
        WasJoined = joined is not null;
        if (!WasJoined)
        {
            // Exactly as if there were no chunks: what is past a limit, and what becomes dynamic, depends on all rows before.
            chunks.ForEach(ReadAgain);
        }

        chunks.ForEach(chunk => chunk.Dispose());
        _chunks = null;
        return Finish(joined);
    }

    /// <summary>Decodes lines that are a piece of a body.</summary>
    internal static void Decode(NdjsonChunk chunk, DecodeOptions options, Schema? tableSchema, long maxCells)
    {
        using var reader = new NdjsonReader(options with { Crew = null }, tableSchema) { _form = Form.Lines };
        reader._decoder.Rows.LimitCells(maxCells);
        reader.ReadLines(chunk.Lines);
        chunk.MetLimit = reader._decoder.Rows.MetLimit;
        chunk.LineCount = reader._line;
        chunk.Decoded = reader.Finish();
    }

    private void AddPiece(ReadOnlySpan<byte> piece)
    {
        if (_form == Form.Unknown)
        {
            if (_held.Length > 0)
            {
                _held.Append(piece);
                piece = _held.Span.ToArray();
                _held.Clear();
            }

            TellForm(ref piece);
        }

        if (_form == Form.Lines)
        {
            _pieces.Add(piece, TakeLines, RefuseLongLine);
        }
        else
        {
            _held.Append(piece);
        }
    }

    /// <summary>As <see cref="FinishAsync"/>, of a body that got no help.</summary>
    internal DecodedBatch Finish()
    {
        if (_form == Form.Array)
        {
            ReadArray(_held.Span);
        }
        else
        {
            _pieces.Finish(ReadLines, RefuseLongLine);
            ReadLines(_held.Span);
        }

        return Finish(null);
    }

    private DecodedBatch Finish(Batch? joined)
    {
        var decoded = new DecodedBatch
        {
            Batch = joined ?? _decoder.Rows.Build(),
            Rejects = _rejects.Items,
            RejectedCount = _rejects.Count,
            TranscodedCount = _repairs.Transcoded,
            RepairedCount = _repairs.Repaired,
        };
        _options.Decoders?.Return(_decoder, _options);
        Interlocked.Exchange(ref _crew, null)?.Close();
        return decoded;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _crew, null)?.Close();
        _held.Dispose();
        _pieces.Dispose();
    }

    // By the first byte that is not blank; a byte order mark and blanks before it are stepped over. While the form is
    // not known, what is left of the piece is the beginning of a mark, or nothing.
    private void TellForm(ref ReadOnlySpan<byte> begun)
    {
        ReadOnlySpan<byte> mark = "\uFEFF"u8;
        if (_line == 0 && begun.Length < mark.Length && mark.StartsWith(begun))
        {
            return;
        }

        if (_line == 0 && begun.StartsWith(mark))
        {
            begun = begun[mark.Length..];
        }

        int first = begun.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
        {
            _line += begun.Count((byte)'\n');
            begun = default;
        }
        else
        {
            _form = begun[first] == '[' ? Form.Array : Form.Lines;
        }
    }

    private void TakeLines(ReadOnlySpan<byte> lines)
    {
        if (_chunks is null && _options.Crew is { HasIdle: true } crew && _readBytes >= crew.AloneBytes)
        {
            _chunks = new NdjsonChunks(_options, _tableSchema, crew);
        }

        if (_chunks is not null)
        {
            _chunks.Add(lines);
            return;
        }

        _readBytes += lines.Length;
        ReadLines(lines);
    }

    private void ReadLines(ReadOnlySpan<byte> lines)
    {
        bool isUtf8 = Utf8.IsValid(lines);
        for (int start = 0; start < lines.Length;)
        {
            _line++;
            int length = lines[start..].IndexOf((byte)'\n');
            int end = length < 0 ? lines.Length : start + length;
            if (end - start > _limits.MaxRowBytes)
            {
                RefuseLine(end - start);
            }
            else
            {
                ReadLine(lines, start, end, isUtf8);
            }

            start = end + 1;
        }
    }

    private void RefuseLongLine(long sizeBytes)
    {
        if (_chunks is not null)
        {
            _chunks.AddRefused(sizeBytes);
        }
        else
        {
            _line++;
            RefuseLine(sizeBytes);
        }
    }

    private void ReadAgain(NdjsonChunk chunk)
    {
        if (chunk.RefusedBytes > 0)
        {
            _line++;
            RefuseLine(chunk.RefusedBytes);
        }

        ReadLines(chunk.Lines);
    }

    // All rows so far and those of the chunks; null where the chunks do not fit together.
    private Batch? TryJoin(List<NdjsonChunk> chunks)
    {
        if (chunks.Exists(chunk => chunk.MetLimit))
        {
            return null;
        }

        IEnumerable<DecodedBatch?> decoded = chunks.Select(chunk => chunk.Decoded);
        List<Batch> batches = [_decoder.Rows.Copy(), .. decoded.Where(rows => rows is { Accepted: > 0 }).Select(rows => rows!.Batch)];
        if (BatchJoin.TryUnite(batches) is not { } schema || !IsWithinLimits(schema, batches.Sum(batch => (long)batch.RowCount)))
        {
            return null;
        }

        foreach (NdjsonChunk chunk in chunks)
        {
            if (chunk.RefusedBytes > 0)
            {
                _line++;
                RefuseLine(chunk.RefusedBytes);
            }
            else
            {
                _rejects.AddAll(chunk.Decoded!.Rejects, chunk.Decoded.RejectedCount, _line);
                _repairs.Add(chunk.Decoded.TranscodedCount, chunk.Decoded.RepairedCount);
                _line += chunk.LineCount;
            }
        }

        return BatchJoin.Join(batches, schema);
    }

    private bool IsWithinLimits(Schema schema, long rowCount)
    {
        int newColumns = _tableSchema is null ? 0 : schema.Columns.ToArray().Count(column => _tableSchema.IndexOf(column.Name) < 0);
        return schema.Count <= _limits.MaxColumns && rowCount * schema.Count <= _limits.MaxCells &&
            (newColumns == 0 || _tableSchema!.Count + newColumns <= _limits.MaxTableColumns);
    }

    private void RefuseLine(long sizeBytes) =>
        _rejects.Add(_line, $"line of {sizeBytes} bytes: the limit is {_limits.MaxRowBytes}");

    private void ReadLine(ReadOnlySpan<byte> body, int start, int end, bool isUtf8)
    {
        if (isUtf8)
        {
            ReadRow(body, start, end, _line);
        }
        else
        {
            ReadOnlySpan<byte> mended = _repairs.ToUtf8(body[start..end]);
            ReadRow(mended, 0, mended.Length, _line);
        }
    }

    private void ReadArray(ReadOnlySpan<byte> body)
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
