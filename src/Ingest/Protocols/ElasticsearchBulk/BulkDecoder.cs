using System.Text.Unicode;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>Decodes Elasticsearch bulk bodies: action lines and documents by turns, for any number of
/// indices.</summary>
/// <remarks>
/// Source: Elasticsearch reference 8.x, "Bulk API". A bad document is refused alone; a bad action line refuses the
/// request, as
/// nothing after it can be told apart. One owner, used once.
/// </remarks>
public sealed class BulkDecoder
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
    private BulkError? _error;
    private long _rejectedCount;

    private BulkDecoder(DecodeOptions options, string? defaultIndex)
    {
        _options = options;
        _defaultIndex = defaultIndex;
    }

    /// <summary>Decodes a body.</summary>
    /// <param name="body">The whole body, decompressed.</param>
    /// <param name="defaultIndex">The index of the request's path, for actions that name none; or null.</param>
    /// <param name="options">Time and limits.</param>
    public static BulkRequest Decode(ReadOnlySpan<byte> body, string? defaultIndex, DecodeOptions options)
    {
        var decoder = new BulkDecoder(options, defaultIndex);
        decoder.ReadLines(body, Utf8.IsValid(body));
        return decoder.Build();
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
        var decoder = new BulkDecoder(options, index);
        decoder._action.Set(isCreate ? BulkAction.Create : BulkAction.Index, id);
        ReadOnlySpan<byte> document = decoder._repairs.ToUtf8(body);
        decoder.ReadDocument(document, 0, document.Length);
        return decoder.Build();
    }

    private BulkRequest Build() => new(
        _error is null ? [.. _tables.Select(table => table.Build())] : [], _items, _ids, _error, _options.ReceivedTicks)
    {
        RejectedCount = _rejectedCount,
        Repairs = _repairs,
    };

    private void ReadLines(ReadOnlySpan<byte> body, bool isUtf8)
    {
        long line = 0;
        bool expectsDocument = false;
        for (int start = 0; start < body.Length && _error is null;)
        {
            line++;
            int length = body[start..].IndexOf((byte)'\n');
            int end = length < 0 ? body.Length : start + length;
            if (expectsDocument)
            {
                ReadDocumentLine(body, start, end, isUtf8);
                expectsDocument = false;
            }
            else if (!body[start..end].Trim(" \t\r"u8).IsEmpty)
            {
                expectsDocument = ReadAction(body[start..end], line);
            }

            start = end + 1;
        }

        if (expectsDocument && _error is null)
        {
            _error = BulkError.BadRequest($"the action on line {line} has no document after it");
        }
    }

    // True where a document follows.
    private bool ReadAction(ReadOnlySpan<byte> text, long line)
    {
        if (!_action.TryRead(text, out string? error))
        {
            _error = BulkError.BadRequest($"Malformed action/metadata line [{line}]: {error}");
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
            Refuse(BulkError.BadDocument($"document of {end - start} bytes: the limit is {_options.Limits.MaxRowBytes}"));
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
