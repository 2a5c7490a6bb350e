namespace Bongsu.Core.Vectors;

/// <summary>Rows that follow each other in one of several vectors.</summary>
/// <param name="Source">Which vector.</param>
/// <param name="Start">Its first row.</param>
/// <param name="Count">How many.</param>
public readonly record struct RowRun(int Source, int Start, int Count);
