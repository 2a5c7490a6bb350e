using System.IO.Pipelines;
using System.Text.Json;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;

namespace Bongsu.Server.Http.Answers;

/// <summary>Writes the rows of a query's answer as they come, in one of the forms the API speaks.</summary>
/// <remarks>Memory holds one flush at a time: a reader who is slow slows the query.</remarks>
internal abstract class AnswerWriter(PipeWriter output) : IDisposable
{
    private const int FlushBytes = 64 << 10;

    /// <summary>The content type of the form.</summary>
    public abstract string ContentType { get; }

    /// <summary>Where the answer goes.</summary>
    protected PipeWriter Output { get; } = output;

    /// <summary>True once a part of the answer is written, so that it cannot become an error answer.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Writes what stands before the rows, the first time it is called.</summary>
    public void Begin(Schema schema)
    {
        if (!HasBegun)
        {
            HasBegun = true;
            WriteHead(schema);
        }
    }

    /// <summary>Writes one batch of rows.</summary>
    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        for (int row = 0; row < batch.RowCount; row++)
        {
            WriteRow(batch, row);
            if (Output.UnflushedBytes > FlushBytes)
            {
                await Output.FlushAsync(cancellation);
            }
        }
    }

    /// <summary>Writes what stands after the rows; <paramref name="trailer"/> adds properties where the form has room
    /// for them.</summary>
    public abstract ValueTask EndAsync(Action<Utf8JsonWriter> trailer, CancellationToken cancellation);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Writes what stands before the rows.</summary>
    protected abstract void WriteHead(Schema schema);

    /// <summary>Writes one row.</summary>
    protected abstract void WriteRow(Batch batch, int row);

    /// <summary>The form that an <c>Accept</c> header wants; JSON by default.</summary>
    public static AnswerWriter For(string? accept, PipeWriter output) => accept switch
    {
        not null when accept.Contains("text/csv", StringComparison.OrdinalIgnoreCase) => new CsvAnswerWriter(output),
        not null when accept.Contains("application/x-ndjson", StringComparison.OrdinalIgnoreCase) => new NdjsonAnswerWriter(output),
        _ => new JsonAnswerWriter(output),
    };
}
