using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Pipelines.Parsing;

namespace Bongsu.Ingest.Pipelines.Processors;

/// <summary>Makes fields of a text field. Rows whose text has not the form stay as they are.</summary>
/// <remarks>
/// New fields follow the field convention: a <c>level</c> is normalised, a <c>timestamp</c> is the row's time. A field
/// that is there
/// already is overwritten in the rows that were parsed.
/// </remarks>
internal sealed class ParseProcessor : Processor
{
    // The builder gives every row a time; this one says that the row brought none.
    private const long NoTime = 0;

    private readonly string _field;
    private readonly TextExtractor _extractor;
    private readonly string _prefix;
    private readonly bool _remove;
    private readonly string? _failureField;

    /// <param name="field">Field that is parsed.</param>
    /// <param name="extractor">How.</param>
    /// <param name="prefix">Goes before every new name.</param>
    /// <param name="remove">Whether the text is taken out of rows that were parsed.</param>
    /// <param name="failureField">Field set to true in rows that could not be parsed; null for none.</param>
    public ParseProcessor(string field, TextExtractor extractor, string prefix, bool remove, string? failureField)
    {
        _field = field;
        _extractor = extractor;
        _prefix = prefix;
        _remove = remove;
        _failureField = failureField;
    }

    public override void Apply(PipelineBatch batch)
    {
        int column = batch.IndexOf(_field);
        if (column < 0 || batch[column] is not (StringVector or DynamicVector))
        {
            return;
        }

        Vector texts = batch[column];
        var builder = new BatchBuilder(new DecodeOptions { ReceivedTicks = NoTime });
        bool[] parsed = new bool[batch.RowCount];
        bool[] failed = new bool[batch.RowCount];
        for (int row = 0; row < batch.RowCount; row++)
        {
            ReadOnlySpan<byte> text = TextOf(texts, row);
            parsed[row] = !text.IsEmpty && _extractor.TryExtract(text, builder, _prefix);
            if (!builder.TryEndRow(out _))
            {
                // More fields, or longer names, than a row may have: as if it had not been parsed.
                parsed[row] = false;
                builder.TryEndRow(out _);
            }

            failed[row] = !text.IsEmpty && !parsed[row];
        }

        if (_remove && texts is StringVector strings)
        {
            batch.Replace(column, WithoutParsed(strings, parsed));
        }

        Overlay(batch, builder.Build());
        MarkFailures(batch, failed);
    }

    private static ReadOnlySpan<byte> TextOf(Vector texts, int row)
    {
        if (texts is StringVector strings)
        {
            return strings[row];
        }

        DynamicReader value = ((DynamicVector)texts)[row];
        return value.Kind == DynamicKind.String ? value.Utf8 : default;
    }

    private static Vector WithoutParsed(StringVector strings, bool[] parsed)
    {
        var rest = new StringVectorBuilder();
        for (int row = 0; row < parsed.Length; row++)
        {
            rest.Append(parsed[row] ? default : strings[row]);
        }

        return rest.Build();
    }

    private static void Overlay(PipelineBatch batch, Batch fields)
    {
        for (int field = 0; field < fields.Schema.Count; field++)
        {
            string name = fields.Schema[field].Name;
            int column = batch.IndexOf(name);
            if (name == FieldConvention.Timestamp)
            {
                if (column >= 0)
                {
                    batch.Replace(column, MergeTimes((FixedVector<long>)batch[column], (FixedVector<long>)fields[field]));
                }
            }
            else if (column < 0)
            {
                batch.Put(name, fields[field]);
            }
            else
            {
                batch.Replace(column, VectorOverlay.Merge(batch[column], fields[field]));
            }
        }
    }

    private static FixedVector<long> MergeTimes(FixedVector<long> before, FixedVector<long> parsed)
    {
        long[] merged = new long[before.Length];
        for (int row = 0; row < merged.Length; row++)
        {
            merged[row] = parsed[row] == NoTime ? before[row] : parsed[row];
        }

        return new FixedVector<long>(ScalarType.DateTime, merged, merged.Length);
    }

    private void MarkFailures(PipelineBatch batch, bool[] failed)
    {
        if (_failureField is null || !failed.Contains(true))
        {
            return;
        }

        var marks = new FixedVectorBuilder<bool>(ScalarType.Bool);
        foreach (bool isFailed in failed)
        {
            if (isFailed)
            {
                marks.Append(true);
            }
            else
            {
                marks.AppendNull();
            }
        }

        batch.Put(_failureField, marks.Build());
    }
}
