using Bongsu.Core.Types;

namespace Bongsu.Store.Parts;

/// <summary>A column that is being written as one that follows from another.</summary>
/// <param name="Determinant">The other one.</param>
/// <param name="Builder">Collects the value of each code.</param>
/// <param name="IsComplete">Whether the builder knows all already.</param>
internal sealed record ReferenceColumn(Column Determinant, ReferenceBuilder Builder, bool IsComplete);
