namespace Bongsu.Core.Templates;

/// <summary>Gives some variables of a slot.</summary>
/// <param name="template">The template's index.</param>
/// <param name="slot">The slot's.</param>
/// <param name="ranks">Which: their places among the rows of the template.</param>
/// <param name="rows">The rows themselves.</param>
public delegate VariableColumn SlotPicker(int template, int slot, ReadOnlySpan<int> ranks, ReadOnlySpan<int> rows);
