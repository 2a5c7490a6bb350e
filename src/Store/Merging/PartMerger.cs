using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Store.Files;
using Bongsu.Store.Parts;

namespace Bongsu.Store.Merging;

/// <summary>Merges parts into one, sorted by stream and time.</summary>
internal static class PartMerger
{
    /// <summary>Writes the merged part, durable but for its name; on failure nothing is left.</summary>
    public static void Merge(
        IReadOnlyList<Part> inputs, IFileSystem files, string path, Schema schema, int blockRows, CancellationToken cancellationToken)
    {
        var rows = new MergedRows(inputs, MergeOrder.Of(inputs, cancellationToken), blockRows, cancellationToken);
        using var writer = new PartWriter(files, path, EncodingEffort.Part);
        try
        {
            new PartAssembler(writer, rows).Write(PartCutter.AllColumns(schema));
        }
        catch
        {
            writer.Abandon();
            throw;
        }
    }
}
