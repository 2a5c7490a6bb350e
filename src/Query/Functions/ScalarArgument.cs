using Bongsu.Core.Types;

namespace Bongsu.Query.Functions;

/// <summary>What is known of an argument before any row is read.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Constant">Its value where it is the same for all rows (a literal, a parameter, folded), else
/// null.</param>
/// <param name="Name">The column it names, if it is a plain column, for default result names such as
/// <c>avg_x</c>.</param>
public readonly record struct ScalarArgument(ScalarType Type, Scalar? Constant, string? Name);
