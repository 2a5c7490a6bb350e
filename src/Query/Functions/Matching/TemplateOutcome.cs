namespace Bongsu.Query.Functions.Matching;

/// <summary>What is known of rows of a template after some of their text was read.</summary>
internal readonly record struct TemplateOutcome
{
    private readonly int _value;

    private TemplateOutcome(int value)
    {
        _value = value;
    }

    /// <summary>They match, whatever their variables.</summary>
    public static TemplateOutcome Yes { get; } = new(-1);

    /// <summary>They do not match, whatever their variables.</summary>
    public static TemplateOutcome No { get; } = new(-2);

    /// <summary>The automaton cannot tell: each row's whole text decides.</summary>
    public static TemplateOutcome Unknown { get; } = new(-3);

    /// <summary>True where the variables of <see cref="Slot"/> decide.</summary>
    public bool IsOpen => _value >= 0;

    /// <summary>The slot that comes next, where open.</summary>
    public int Slot => _value >> 12;

    /// <summary>The automaton's state before it, where open.</summary>
    public int State => _value & 0xFFF;

    /// <summary>A slot comes next, in a state below 4096.</summary>
    public static TemplateOutcome Open(int slot, int state) => new((slot << 12) | state);
}
