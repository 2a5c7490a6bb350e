namespace Bongsu.Core.Templates;

/// <summary>What is known of the variables of a slot without reading them.</summary>
/// <param name="Kind">How they are kept.</param>
/// <param name="Digits">Fraction digits of decimals, digits of hexadecimals; else 0.</param>
public readonly record struct VariableShape(VariableKind Kind, int Digits);
