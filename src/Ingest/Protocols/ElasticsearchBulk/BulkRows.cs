using System.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>Rows of one table of a bulk request, under construction.</summary>
internal sealed class BulkRows
{
    private const int MaxIdBytes = 512;

    private readonly DecodeOptions _options;
    private readonly BatchBuilder _rows;
    private readonly JsonRowDecoder _decoder;
    private readonly Field _idField;
    private StringVectorBuilder? _keys;

    public BulkRows(string table, DecodeOptions options)
    {
        Table = table;
        _options = options = options.ForTable(table);
        Schema? schema = options.FindSchema?.Invoke(table);
        _decoder = options.Decoders?.Rent(options, schema) ??
            new JsonRowDecoder(new BatchBuilder(options, schema), options.Limits);
        _rows = _decoder.Rows;
        _idField = _rows.Field("_id"u8);
    }

    public string Table { get; }

    public int RowCount => _rows.RowCount;

    /// <summary>Adds a document.</summary>
    /// <param name="body">Holds the document from <paramref name="start"/> to <paramref name="end"/>.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="end">Behind its last.</param>
    /// <param name="action">Its action line.</param>
    /// <param name="index">Its index.</param>
    /// <returns>Why it was refused, or null.</returns>
    public string? Add(ReadOnlySpan<byte> body, int start, int end, BulkActionLine action, string index)
    {
        if (action.Id.Length > MaxIdBytes)
        {
            return $"id is too long, must be no longer than {MaxIdBytes} bytes but was: {action.Id.Length}";
        }

        if (!_decoder.TryDecode(body, start, end, _idField, action.Id, out string? error))
        {
            return error;
        }

        // Ids are told apart by index, not by table: yesterday's "1" is another document than today's.
        if (action.Action == BulkAction.Create && action.Id.Length > 0)
        {
            _keys ??= new StringVectorBuilder();
            PadKeys(_rows.RowCount - 1);
            _keys.Append(Encoding.UTF8.GetBytes(index + "/" + Encoding.UTF8.GetString(action.Id)));
        }

        return null;
    }

    /// <summary>The table's rows; nothing can be added after it.</summary>
    public BulkTable Build()
    {
        PadKeys(_rows.RowCount);
        var table = new BulkTable(Table, _rows.Build(), (StringVector?)_keys?.Build());
        _options.Decoders?.Return(_decoder, _options);
        return table;
    }

    private void PadKeys(int count)
    {
        while (_keys is not null && _keys.Count < count)
        {
            _keys.AppendNull();
        }
    }
}
