namespace Bongsu.Core.Templates;

/// <summary>What all variables of a slot have in common.</summary>
/// <param name="Kind">How they are kept.</param>
/// <param name="Digits">As <see cref="VariableColumn.Digits"/>.</param>
public readonly record struct VariableShape(VariableKind Kind, int Digits)
{
    /// <summary>Digits after the point of decimals and times.</summary>
    public int FractionDigits => Kind switch
    {
        VariableKind.Decimal => Digits,
        VariableKind.Time => Digits & TimeText.FractionMask,
        _ => 0,
    };

    /// <summary>Times with points between hours, minutes and seconds instead of colons.</summary>
    public bool IsDottedTime => Kind == VariableKind.Time && (Digits & TimeText.Dotted) != 0;
}
