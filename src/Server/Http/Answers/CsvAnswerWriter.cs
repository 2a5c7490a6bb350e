using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;

namespace Bongsu.Server.Http.Answers;

/// <summary><c>text/csv</c> (RFC 4180): a header line, CRLF line ends, quotes where needed.</summary>
internal sealed class CsvAnswerWriter(PipeWriter output) : AnswerWriter(output)
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create("\",\r\n");

    /// <inheritdoc/>
    public override string ContentType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    protected override void WriteHead(Schema schema)
    {
        for (int column = 0; column < schema.Count; column++)
        {
            WriteCell(schema[column].Name, column == 0);
        }

        Output.Write("\r\n"u8);
    }

    /// <inheritdoc/>
    public override async ValueTask EndAsync(Action<Utf8JsonWriter> trailer, CancellationToken cancellation) =>
        await Output.FlushAsync(cancellation);

    /// <inheritdoc/>
    protected override void WriteRow(Batch batch, int row)
    {
        for (int column = 0; column < batch.Schema.Count; column++)
        {
            WriteCell(CellWriter.Text(batch[column], row), column == 0);
        }

        Output.Write("\r\n"u8);
    }

    private void WriteCell(string text, bool isFirst)
    {
        if (text.AsSpan().ContainsAny(s_quoted))
        {
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        string cell = isFirst ? text : "," + text;
        int length = Encoding.UTF8.GetBytes(cell, Output.GetSpan(Encoding.UTF8.GetMaxByteCount(cell.Length)));
        Output.Advance(length);
    }
}
