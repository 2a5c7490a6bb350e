using System.Text;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Pipelines.Masking;

namespace Bongsu.Ingest.Pipelines.Processors;

/// <summary>Masks or hashes: by field, by kind of secret, or by pattern.</summary>
internal sealed class RewriteProcessor : Processor
{
    private readonly IReadOnlyList<TextRewriter> _rewriters;
    private readonly IReadOnlyList<FieldPattern>? _fields;
    private readonly bool _withKeys;

    /// <param name="rewriters">What is looked for, in order.</param>
    /// <param name="fields">In which fields; null for all.</param>
    /// <param name="withKeys">Whether names of fields are looked at too.</param>
    public RewriteProcessor(IReadOnlyList<TextRewriter> rewriters, IReadOnlyList<FieldPattern>? fields, bool withKeys)
    {
        _rewriters = rewriters;
        _fields = fields;
        _withKeys = withKeys;
    }

    public override void Apply(PipelineBatch batch)
    {
        foreach (TextRewriter rewriter in _rewriters)
        {
            var columns = new ColumnRewriter(rewriter, _withKeys, _fields is null ? null : Selects);
            for (int column = 0; column < batch.ColumnCount; column++)
            {
                string name = batch.ColumnAt(column).Name;
                Vector rewritten = columns.Rewrite(name, batch[column]);
                if (!ReferenceEquals(rewritten, batch[column]))
                {
                    batch.Replace(column, rewritten);
                }
            }

            if (_withKeys)
            {
                RewriteNames(batch, columns);
            }
        }
    }

    private static void RewriteNames(PipelineBatch batch, ColumnRewriter columns)
    {
        for (int column = batch.ColumnCount - 1; column >= 0; column--)
        {
            if (columns.Rewrite(Encoding.UTF8.GetBytes(batch.ColumnAt(column).Name)) is { } name)
            {
                batch.Rename(column, Encoding.UTF8.GetString(name));
            }
        }
    }

    private bool Selects(string path)
    {
        foreach (FieldPattern field in _fields!)
        {
            if (field.Matches(path))
            {
                return true;
            }
        }

        return false;
    }
}
