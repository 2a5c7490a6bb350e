namespace Bongsu.LogBench.Reporting;

/// <summary>What one column takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Encodings">Its encodings, with the number of blocks of each.</param>
/// <param name="SizeBytes">Its values.</param>
/// <param name="IndexBytes">Its indexes.</param>
/// <param name="PlainBytes">The same values as they are: text in UTF-8, numbers at their width.</param>
internal sealed record ColumnFigures(string Name, string Encodings, long SizeBytes, long IndexBytes, long PlainBytes);
