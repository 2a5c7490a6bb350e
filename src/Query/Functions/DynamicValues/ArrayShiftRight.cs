namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Shifts the elements to the right; free places get a value, or null.</summary>
internal sealed class ArrayShiftRight() : ArrayMoveFunction(
    "array_shift_right(array:dynamic, places:long, fill:any?) -> dynamic", -1, rotates: false);
