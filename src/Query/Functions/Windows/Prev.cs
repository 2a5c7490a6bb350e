namespace Bongsu.Query.Functions.Windows;

/// <summary>A column's value in the row before, or some rows before.</summary>
internal sealed class Prev() : NeighbourFunction("prev", -1);
