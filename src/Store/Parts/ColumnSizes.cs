using Bongsu.Core.Encodings;
using Bongsu.Core.Types;

namespace Bongsu.Store.Parts;

/// <summary>Adds up what the columns of some parts take.</summary>
internal static class ColumnSizes
{
    /// <summary>One entry for each column of the schema and each hidden one.</summary>
    public static IReadOnlyList<ColumnStatistics> Of(IEnumerable<Part> parts, Schema schema)
    {
        PartFooter[] footers = [.. parts.Select(part => part.Footer)];
        return [.. PartCutter.AllColumns(schema).Select(column => Of(footers, column))];
    }

    private static ColumnStatistics Of(PartFooter[] footers, Column column)
    {
        var blocks = new Dictionary<BlockEncoding, int>();
        long sizeBytes = 0;
        long indexBytes = 0;
        long plainBytes = 0;
        foreach (PartColumn stored in footers.Select(footer => footer.Find(column.Name)).OfType<PartColumn>())
        {
            sizeBytes += (stored.Dictionary is { } dictionary ? (long)dictionary.Count * dictionary.WidthBytes : 0) +
                (stored.Reference?.SizeBytes ?? 0);
            indexBytes += stored.Dictionary?.FilterBytes ?? 0;
        }

        foreach (PartChunk chunk in footers.SelectMany(footer => footer.Find(column.Name)?.Chunks ?? []))
        {
            sizeBytes += chunk.SizeBytes;
            indexBytes += chunk.FilterBytes;
            plainBytes += chunk.PlainBytes;
            if (chunk.SizeBytes > 0)
            {
                blocks[chunk.Encoding] = blocks.GetValueOrDefault(chunk.Encoding) + 1;
            }
        }

        return new ColumnStatistics(
            column,
            [.. blocks.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key)
                .Select(entry => KeyValuePair.Create(entry.Key.Name(), entry.Value))],
            sizeBytes,
            indexBytes,
            plainBytes);
    }
}
