using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Another column of the same rows, which an encoding may refer to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Vector">Its values, in the type they are stored with.</param>
public readonly record struct SiblingColumn(string Name, Vector Vector);
