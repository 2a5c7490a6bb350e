using System.Collections.Concurrent;
using Bongsu.Core.Automata;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Leads an automaton through templates, past every variable that makes no difference. Thread-safe.</summary>
internal sealed class TemplateWalk
{
    // More states than this after a variable: its values are looked at.
    private const int MaxStates = 8;

    private readonly ConcurrentDictionary<(int State, VariableKind Kind, int Digits), int> _passed = new();
    private readonly ConcurrentDictionary<int, LastDigitStates?> _byLastDigit = new();
    private readonly ConcurrentDictionary<int, int[]?> _afterNumber = new();

    public TemplateWalk(TextAutomaton automaton)
    {
        Automaton = automaton;
    }

    public TextAutomaton Automaton { get; }

    /// <summary>Up to the first slot.</summary>
    public TemplateOutcome Begin(Template template) => ReadPiece(template, 0, Automaton.Start);

    /// <summary>From an open outcome to the next slot whose variables matter, or to the end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="template">The index of its template.</param>
    /// <param name="outcome">Where to begin.</param>
    /// <param name="withoutMatch">The matcher, where no text variable has its needle in it; else null.</param>
    public TemplateOutcome GoOn(TemplateText text, int template, TemplateOutcome outcome, ITextMatcher? withoutMatch = null)
    {
        while (outcome.IsOpen)
        {
            VariableShape shape = text.ShapeOf(template, outcome.Slot);
            if (TryPass(outcome.State, shape, out int state))
            {
                outcome = After(text.TemplateAt(template), outcome.Slot, state);
            }
            else if (shape.Kind != VariableKind.Text
                || withoutMatch?.StatesWithoutMatch is not { } states
                || !withoutMatch.IsBeforeMatch(outcome.State)
                || !TryPassText(text.TemplateAt(template), outcome.Slot, states, ref outcome))
            {
                break;
            }
        }

        return outcome;
    }

    // True where the piece behind a slot brings all states together.
    private bool TryPassText(Template template, int slot, IReadOnlyList<int> states, ref TemplateOutcome outcome)
    {
        TemplateOutcome after = After(template, slot, states[0]);
        for (int index = 1; index < states.Count; index++)
        {
            if (After(template, slot, states[index]) != after)
            {
                return false;
            }
        }

        outcome = after;
        return true;
    }

    /// <summary>What is known once a slot's variable is read.</summary>
    public TemplateOutcome After(Template template, int slot, int state) => ReadPiece(template, slot + 1, state);

    /// <summary>The states after numbers read from a state, where their last digit is enough to know; else null.</summary>
    public LastDigitStates? ByLastDigit(int state) => _byLastDigit.GetOrAdd(state, FindByLastDigit);

    /// <summary>The states that texts of a shape may lead to, whatever their numbers; null where there are too many.</summary>
    public IReadOnlyList<int>? AfterShape(int state, ReadOnlySpan<byte> shape)
    {
        int[] states = [state];
        while (true)
        {
            int mark = shape.IndexOf(ShapedTexts.NumberMark);
            ReadOnlySpan<byte> piece = mark < 0 ? shape : shape[..mark];
            for (int index = 0; index < states.Length; index++)
            {
                states[index] = Automaton.Run(states[index], piece);
            }

            if (mark < 0)
            {
                return states;
            }

            var after = new HashSet<int>();
            foreach (int before in states)
            {
                if (_afterNumber.GetOrAdd(before, FindAfterNumber) is not { } reached)
                {
                    return null;
                }

                after.UnionWith(reached);
            }

            if (after.Count > MaxStates)
            {
                return null;
            }

            states = [.. after];
            shape = shape[(mark + 1)..];
        }
    }

    private int[]? FindAfterNumber(int state) => AnyNumber([state]) is { } reached ? [.. reached] : null;

    private LastDigitStates? FindByLastDigit(int state)
    {
        // Whatever digits come before, each last digit must lead to one state.
        if (AnyNumber([state]) is not { } before)
        {
            return null;
        }

        int[] single = new int[10];
        int[] last = new int[10];
        for (int digit = 0; digit < last.Length; digit++)
        {
            ReadOnlySpan<byte> text = "0123456789"u8.Slice(digit, 1);
            if (Once(before, text) is not { Count: 1 } after)
            {
                return null;
            }

            single[digit] = Automaton.Run(state, text);
            last[digit] = after.Single();
        }

        return new LastDigitStates(single, last);
    }

    private TemplateOutcome ReadPiece(Template template, int piece, int state)
    {
        state = Automaton.Run(state, template.Piece(piece));
        if (!TextAutomaton.IsFinal(state))
        {
            if (piece < template.SlotCount)
            {
                return TemplateOutcome.Open(piece, state);
            }

            state = Automaton.End(state);
        }

        return state switch
        {
            TextAutomaton.Found => TemplateOutcome.Yes,
            TextAutomaton.Dead => TemplateOutcome.No,
            _ => TemplateOutcome.Unknown,
        };
    }

    // True where all variables of a shape lead to one state.
    private bool TryPass(int state, VariableShape shape, out int after)
    {
        (int, VariableKind, int) key = (state, shape.Kind, shape.Digits);
        if (!_passed.TryGetValue(key, out after))
        {
            after = Pass(state, shape);
            _passed.TryAdd(key, after);
        }

        return after >= 0;
    }

    private int Pass(int state, VariableShape shape)
    {
        HashSet<int>? states = [state];
        switch (shape.Kind)
        {
            case VariableKind.Integer:
                states = AnyNumber(Sign(states));
                break;
            case VariableKind.Decimal:
                states = Times(Once(AnyNumber(Sign(states)), "."u8), "0123456789"u8, shape.Digits);
                break;
            case VariableKind.Hex:
                states = Times(states, "0123456789abcdef"u8, shape.Digits);
                break;
            case VariableKind.Ipv4:
                for (int octet = 0; octet < 3; octet++)
                {
                    states = Once(AnyNumber(states), "."u8);
                }

                states = AnyNumber(states);
                break;
            case VariableKind.Time:
                states = Time(states, shape);
                break;
            case VariableKind.Padded:
                states = Times(states, "0123456789"u8, shape.Digits);
                break;
            default:
                return -1;
        }

        return states is { Count: 1 } ? states.Single() : -1;
    }

    // More texts than are times, which is as good.
    private HashSet<int>? Time(HashSet<int>? states, VariableShape shape)
    {
        ReadOnlySpan<byte> separator = shape.IsDottedTime ? "."u8 : ":"u8;
        states = Once(AnyNumber(states), separator);
        states = AnyNumber(Once(AnyNumber(states), separator));
        return shape.FractionDigits == 0
            ? states
            : Times(Once(states, "."u8), "0123456789"u8, shape.FractionDigits);
    }

    private HashSet<int>? Sign(HashSet<int> states)
    {
        HashSet<int>? signed = Once(states, "-"u8);
        signed?.UnionWith(states);
        return signed;
    }

    // One digit or more.
    private HashSet<int>? AnyNumber(HashSet<int>? states)
    {
        HashSet<int>? reached = Once(states, "0123456789"u8);
        for (int known = 0; reached is not null && reached.Count != known;)
        {
            known = reached.Count;
            HashSet<int>? further = Once(reached, "0123456789"u8);
            further?.UnionWith(reached);
            reached = further;
        }

        return reached;
    }

    private HashSet<int>? Times(HashSet<int>? states, ReadOnlySpan<byte> alphabet, int count)
    {
        for (int digit = 0; digit < count; digit++)
        {
            states = Once(states, alphabet);
        }

        return states;
    }

    // Null where there are too many.
    private HashSet<int>? Once(HashSet<int>? states, ReadOnlySpan<byte> alphabet)
    {
        if (states is null)
        {
            return null;
        }

        var next = new HashSet<int>();
        foreach (int state in states)
        {
            for (int letter = 0; letter < alphabet.Length; letter++)
            {
                next.Add(Automaton.Run(state, alphabet.Slice(letter, 1)));
            }
        }

        return next.Count > MaxStates ? null : next;
    }
}
