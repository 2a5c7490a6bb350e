using Bongsu.Core.Types;

namespace Bongsu.Query.Functions;

/// <summary>One result column of an aggregate.</summary>
/// <param name="DefaultName">Its name where the query gives none, for instance <c>avg_x</c>.</param>
/// <param name="Type">Its type.</param>
public readonly record struct AggregateOutput(string DefaultName, ScalarType Type);
