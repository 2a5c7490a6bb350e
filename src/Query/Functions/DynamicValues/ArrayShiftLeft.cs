namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Shifts the elements to the left; free places get a value, or null.</summary>
internal sealed class ArrayShiftLeft() : ArrayMoveFunction(
    "array_shift_left(array:dynamic, places:long, fill:any?) -> dynamic", 1, rotates: false);
