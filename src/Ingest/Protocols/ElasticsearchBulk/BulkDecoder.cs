using System.Text.Unicode;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>Decodes an Elasticsearch bulk body as it comes in: action lines and documents by turns, for any number of
/// indices.</summary>
/// <remarks>
/// Add all pieces in their order, then <see cref="Finish"/>. Source: Elasticsearch reference 8.x, "Bulk API". A bad document
/// is refused alone; a bad action line refuses the request, as nothing after it can be told apart. One owner, used once.
/// </remarks>
public sealed class BulkDecoder : IDisposable
{
    private static readonly BulkError s_appendOnly =
        BulkError.BadRequest("tables are append-only: use 'index' or 'create' instead of 'update' and 'delete'");

    private readonly DecodeOptions _options;
    private readonly string? _defaultIndex;
    private readonly BulkActionLine _action = new();
    private readonly List<BulkItem> _items = [];
    private readonly ByteStore _ids = new();
    private readonly List<BulkRows> _tables = [];
    private readonly Dictionary<string, int> _tableByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _tableByIndex = new(StringComparer.Ordinal);
    private readonly TextRepairs _repairs = new();
    private readonly LinePieces _pieces;
    private DecodeCrew? _crew;
    private BulkError? _error;
    private long _rejectedCount;
    private long _line;
    private bool _expectsDocument;

    /// <summary>A decoder at the beginning of a body.</summary>
    /// <param name="options">Time and limits.</param>
    /// <param name="defaultIndex">The index of the request's path, for actions that name none; or null.</param>
    public BulkDecoder(DecodeOptions options, string? defaultIndex)
    {
        _options = options;
        _defaultIndex = defaultIndex;
        _pieces = new LinePieces(options.Limits.MaxRowBytes);
        _crew = options.Crew;
        _crew?.Open();
    }

    /// <summary>Decodes a body.</summary>
    /// <param name="body">The whole body, decompressed.</param>
    /// <param name="defaultIndex">The index of the request's path, for actions that name none; or null.</param>
    /// <param name="options">Time and limits.</param>
    public static BulkRequest Decode(ReadOnlySpan<byte> body, string? defaultIndex, DecodeOptions options)
    {
        using var decoder = new BulkDecoder(options, defaultIndex);
        decoder.Add(body);
        return decoder.Finish();
    }

    /// <summary>Decodes the body of a request for one document (<c>POST /{index}/_doc</c>, <c>PUT
    /// /{index}/_create/{id}</c>).</summary>
    /// <param name="body">The document, decompressed.</param>
    /// <param name="index">The index.</param>
    /// <param name="id">The document's id, or null.</param>
    /// <param name="isCreate">Whether a document of the same id refuses this one.</param>
    /// <param name="options">Time and limits.</param>
    public static BulkRequest DecodeDocument(
        ReadOnlySpan<byte> body, string index, string? id, bool isCreate, DecodeOptions options)
    {
        using var decoder = new BulkDecoder(options, index);
        decoder._action.Set(isCreate ? BulkAction.Create : BulkAction.Index, id);
        ReadOnlySpan<byte> document = decoder._repairs.ToUtf8(body);
        decoder.ReadDocument(document, 0, document.Length);
        return decoder.Build();
    }

    /// <summary>Takes the next bytes of the body, decompressed; UTF-8, or lines of CP949.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        _crew?.Enter();
        try
        {
            _pieces.Add(piece, ReadLines, ReadLongLine);
        }
        finally
        {
            _crew?.Leave();
        }
    }

    /// <summary>The whole request; the decoder may not be used after it.</summary>
    public BulkRequest Finish()
    {
        _pieces.Finish(ReadLines, ReadLongLine);
        if (_expectsDocument && _error is null)
        {
            _error = BulkError.BadRequest($"the action on line {_line} has no document after it");
        }

        return Build();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _crew, null)?.Close();
        _pieces.Dispose();
    }

    private BulkRequest Build() => new(
        _error is null ? [.. _tables.Select(table => table.Build())] : [], _items, _ids, _error, _options.ReceivedTicks)
    {
        RejectedCount = _rejectedCount,
        Repairs = _repairs,
    };

    private void ReadLines(ReadOnlySpan<byte> lines)
    {
        bool isUtf8 = Utf8.IsValid(lines);
        for (int start = 0; start < lines.Length && _error is null;)
        {
            _line++;
            int length = lines[start..].IndexOf((byte)'\n');
            int end = length < 0 ? lines.Length : start + length;
            if (_expectsDocument)
            {
                ReadDocumentLine(lines, start, end, isUtf8);
                _expectsDocument = false;
            }
            else if (!lines[start..end].Trim(" \t\r"u8).IsEmpty)
            {
                _expectsDocument = end - start <= _options.Limits.MaxRowBytes
                    ? ReadAction(lines[start..end])
                    : RefuseLongAction(end - start);
            }

            start = end + 1;
        }
    }

    // A line past the limit whose bytes are not there.
    private void ReadLongLine(long lineBytes)
    {
        if (_error is not null)
        {
            return;
        }

        _line++;
        if (!_expectsDocument)
        {
            RefuseLongAction(lineBytes);
        }
        else if (_action.Action == BulkAction.Update)
        {
            Refuse(s_appendOnly);
        }
        else
        {
            RefuseLongDocument(lineBytes);
        }

        _expectsDocument = false;
    }

    private bool RefuseLongAction(long lineBytes)
    {
        _error = BulkError.BadRequest(
            $"Malformed action/metadata line [{_line}]: {lineBytes} bytes: the limit is {_options.Limits.MaxRowBytes}");
        return false;
    }

    private void RefuseLongDocument(long lineBytes) =>
        Refuse(BulkError.BadDocument($"document of {lineBytes} bytes: the limit is {_options.Limits.MaxRowBytes}"));

    // True where a document follows.
    private bool ReadAction(ReadOnlySpan<byte> text)
    {
        if (!_action.TryRead(text, out string? error))
        {
            _error = BulkError.BadRequest($"Malformed action/metadata line [{_line}]: {error}");
            return false;
        }

        if (string.IsNullOrEmpty(_action.Index ?? _defaultIndex))
        {
            _error = BulkError.MissingIndex;
            return false;
        }

        if (_items.Count >= _options.Limits.MaxBulkItems)
        {
            _error = new BulkError(
                413, "content_too_long_exception", $"more than {_options.Limits.MaxBulkItems} actions: send smaller requests");
            return false;
        }

        if (_action.Action == BulkAction.Delete)
        {
            Refuse(s_appendOnly);
        }

        return _action.Action != BulkAction.Delete;
    }

    private void ReadDocumentLine(ReadOnlySpan<byte> body, int start, int end, bool isUtf8)
    {
        if (_action.Action == BulkAction.Update)
        {
            Refuse(s_appendOnly);
        }
        else if (isUtf8)
        {
            ReadDocument(body, start, end);
        }
        else
        {
            ReadOnlySpan<byte> mended = _repairs.ToUtf8(body[start..end]);
            ReadDocument(mended, 0, mended.Length);
        }
    }

    private void ReadDocument(ReadOnlySpan<byte> body, int start, int end)
    {
        if (end - start > _options.Limits.MaxRowBytes)
        {
            RefuseLongDocument(end - start);
            return;
        }

        string index = _action.Index ?? _defaultIndex!;
        int table = TableOf(index);
        if (table < 0)
        {
            Refuse(BulkError.BadRequest($"more than {_options.Limits.MaxTables} tables in one request"));
            return;
        }

        BulkRows rows = _tables[table];
        if (rows.Add(body, start, end, _action, index) is { } error)
        {
            Refuse(BulkError.BadDocument(error));
            return;
        }

        AddItem(table, rows.RowCount - 1, null);
    }

    private void Refuse(BulkError error)
    {
        _rejectedCount++;
        AddItem(-1, -1, error);
    }

    private void AddItem(int table, int row, BulkError? error)
    {
        _items.Add(new BulkItem(_action.Action, _action.Index ?? _defaultIndex!, table, row, error));
        _ids.Append(_action.Id);
    }

    // The number of an index's table; -1 past the limit.
    private int TableOf(string index)
    {
        if (_tableByIndex.TryGetValue(index, out int known))
        {
            return known;
        }

        string name = IndexNames.ToTable(index);
        if (!_tableByName.TryGetValue(name, out int table))
        {
            if (_tables.Count >= _options.Limits.MaxTables)
            {
                return -1;
            }

            table = _tables.Count;
            _tables.Add(new BulkRows(name, _options));
            _tableByName.Add(name, table);
        }

        _tableByIndex.Add(index, table);
        return table;
    }
}
