namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Rotates the elements to the right.</summary>
internal sealed class ArrayRotateRight() : ArrayMoveFunction(
    "array_rotate_right(array:dynamic, places:long) -> dynamic", -1, rotates: true);
