namespace Bongsu.Core.Templates;

/// <summary>One variable of one message, while a batch is cut.</summary>
internal readonly struct SlotValue
{
    private readonly long _number;
    private readonly int _meta;

    private SlotValue(int start, long number, int meta)
    {
        Start = start;
        _number = number;
        _meta = meta;
    }

    /// <summary>Where its bytes begin.</summary>
    public int Start { get; }

    /// <summary>Kind and digits in one number; equal for variables of equal form.</summary>
    public int Form => _meta & 0xFFFF;

    public VariableKind Kind => (VariableKind)(_meta & 0xFF);

    public int Digits => (_meta >> 8) & 0xFF;

    /// <summary>Its number, unless <see cref="Kind"/> is text.</summary>
    public long Number => _number;

    public int Length => Kind == VariableKind.Text ? (int)_number : _meta >>> 16;

    public static SlotValue OfText(int start, int length) => new(start, length, 0);

    public static SlotValue OfNumber(VariableKind kind, int digits, int start, int length, long number) =>
        new(start, number, (int)kind | (digits << 8) | (length << 16));
}
