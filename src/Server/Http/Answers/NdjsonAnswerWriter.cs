using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;

namespace Bongsu.Server.Http.Answers;

/// <summary><c>application/x-ndjson</c>: one object a line; nulls are left out.</summary>
internal sealed class NdjsonAnswerWriter(PipeWriter output) : AnswerWriter(output)
{
    private readonly Utf8JsonWriter _json = new(output, DynamicJson.WriterOptions);

    /// <inheritdoc/>
    public override string ContentType => "application/x-ndjson";

    /// <inheritdoc/>
    protected override void WriteHead(Schema schema)
    {
    }

    /// <inheritdoc/>
    public override async ValueTask EndAsync(Action<Utf8JsonWriter> trailer, CancellationToken cancellation)
    {
        await Output.FlushAsync(cancellation);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _json.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void WriteRow(Batch batch, int row)
    {
        _json.Reset(Output);
        _json.WriteStartObject();
        for (int column = 0; column < batch.Schema.Count; column++)
        {
            if (!batch[column].IsNull(row))
            {
                _json.WritePropertyName(batch.Schema[column].Name);
                CellWriter.Write(batch[column], row, _json);
            }
        }

        _json.WriteEndObject();
        _json.Flush();
        Output.Write("\n"u8);
    }
}
