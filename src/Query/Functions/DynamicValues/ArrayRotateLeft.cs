namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Rotates the elements to the left.</summary>
internal sealed class ArrayRotateLeft() : ArrayMoveFunction(
    "array_rotate_left(array:dynamic, places:long) -> dynamic", 1, rotates: true);
