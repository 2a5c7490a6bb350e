using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Gives another column of the same block; null where there is none.</summary>
/// <param name="column">Its name.</param>
/// <param name="rows">The rows wanted, in this order; null = all.</param>
public delegate Vector? SiblingReader(string column, int[]? rows);
