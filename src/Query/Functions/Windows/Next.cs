namespace Bongsu.Query.Functions.Windows;

/// <summary>A column's value in the next row, or some rows after.</summary>
internal sealed class Next() : NeighbourFunction("next", 1);
