using System.IO.Pipelines;
using System.Text.Json;
using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;

namespace Bongsu.Server.Http.Answers;

/// <summary><c>application/json</c>: columns, rows, visualization, truncated, stats.</summary>
internal sealed class JsonAnswerWriter(PipeWriter output) : AnswerWriter(output)
{
    // Written rows go on in pieces of about so many bytes.
    private const int PieceBytes = 32 << 10;

    private readonly Utf8JsonWriter _json = new(output, DynamicJson.WriterOptions);
    private readonly RowText _rows = new();

    /// <inheritdoc/>
    public override string ContentType => "application/json; charset=utf-8";

    /// <inheritdoc/>
    protected override void WriteHead(Schema schema)
    {
        _json.WriteStartObject();
        WriteColumns(schema, _json);
        _json.WriteStartArray("rows");
    }

    /// <summary>Writes the property <c>columns</c>.</summary>
    public static void WriteColumns(Schema schema, Utf8JsonWriter json)
    {
        json.WriteStartArray("columns");
        foreach (Column column in schema.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.Name());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override async ValueTask EndAsync(Action<Utf8JsonWriter> trailer, CancellationToken cancellation)
    {
        _json.WriteEndArray();
        trailer(_json);
        _json.WriteEndObject();
        await _json.FlushAsync(cancellation);
        await Output.FlushAsync(cancellation);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _json.Dispose();
        _rows.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void WriteRow(Batch batch, int row)
    {
        _rows.Add(batch, row);
        if (_rows.Written.Length >= PieceBytes || row == batch.RowCount - 1)
        {
            _json.WriteRawValue(_rows.Written, skipInputValidation: true);
            _rows.Clear();
            _json.Flush();
        }
    }
}
