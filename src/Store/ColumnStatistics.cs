using Bongsu.Core.Types;

namespace Bongsu.Store;

/// <summary>What one column takes in the parts of a table.</summary>
/// <param name="Column">Its name and the table's type of it; hidden columns are there too.</param>
/// <param name="Blocks">How many blocks are stored in each encoding, most first; blocks without values are not
/// counted.</param>
/// <param name="SizeBytes">Bytes of the values on disk.</param>
/// <param name="IndexBytes">Bytes of filters on disk, beside the values.</param>
/// <param name="PlainBytes">Bytes of the same values as they are: text in UTF-8, numbers at their width.</param>
public sealed record ColumnStatistics(
    Column Column,
    IReadOnlyList<KeyValuePair<string, int>> Blocks,
    long SizeBytes,
    long IndexBytes,
    long PlainBytes);
