namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Sorts downwards.</summary>
internal sealed class ArraySortDesc() : ArraySortFunction("array_sort_desc", isDescending: true);
