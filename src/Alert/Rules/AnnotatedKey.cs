using Bongsu.Core.Collections;

namespace Bongsu.Alert.Rules;

/// <summary>Which values of one key column an annotated span is for.</summary>
/// <param name="Column">A key without such a column is not meant.</param>
/// <param name="Values">As text; one of them.</param>
public sealed record AnnotatedKey(string Column, ValueList<string> Values);
