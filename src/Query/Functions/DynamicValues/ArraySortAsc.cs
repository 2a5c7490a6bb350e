namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Sorts upwards.</summary>
internal sealed class ArraySortAsc() : ArraySortFunction("array_sort_asc", isDescending: false);
