using Bongsu.Core.Automata;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Decides the rows of one template by their variables, slot by slot; rows that are alike so far go on
/// together. One owner.</summary>
internal sealed class TemplateRows
{
    // Fewer texts are read as quickly one by one.
    private const int MinSearched = 16;

    private readonly ITextMatcher _matcher;
    private readonly TemplateWalk _walk;
    private readonly TextAutomaton _automaton;
    private readonly TemplateText _text;
    private readonly Template _template;
    private readonly int _index;
    private readonly SlotOutcomes _outcomes;
    private byte[] _written = [];

    public TemplateRows(ITextMatcher matcher, TemplateWalk walk, TemplateText text, int template)
    {
        _matcher = matcher;
        _walk = walk;
        _automaton = walk.Automaton;
        _text = text;
        _index = template;
        _template = text.TemplateAt(template);
        _outcomes = new SlotOutcomes(walk, text, template);
    }

    /// <summary>Sets the entry of each row of the template that matches.</summary>
    /// <param name="outcome">What is known of all of them; open or unknown.</param>
    /// <param name="hits">One per row of the block.</param>
    public void Mark(TemplateOutcome outcome, Span<bool> hits)
    {
        var pending = new Stack<Group>();
        pending.Push(new Group(outcome, null));
        while (pending.TryPop(out Group group))
        {
            if (!group.Outcome.IsOpen)
            {
                Settle(group, hits);
                continue;
            }

            _outcomes.Begin(group.Outcome.Slot);
            ushort[] places = ReadSlot(group);
            if (_outcomes.Count == 1)
            {
                pending.Push(group with { Outcome = _outcomes[0] });
                continue;
            }

            for (int place = 0; place < _outcomes.Count; place++)
            {
                if (_outcomes[place] != TemplateOutcome.No && Pick(places, group, (ushort)place) is { Length: > 0 } members)
                {
                    pending.Push(new Group(_outcomes[place], members));
                }
            }
        }
    }

    private int CountOf(Group group) => group.Members?.Length ?? _text.RowsOf(_index).Length;

    private int[] Pick(ushort[] places, Group group, ushort place)
    {
        ReadOnlySpan<ushort> all = places.AsSpan(0, CountOf(group));
        int[] members = new int[all.Count(place)];
        int picked = 0;
        for (int index = 0; picked < members.Length; index++)
        {
            if (all[index] == place)
            {
                members[picked++] = group.Members is null ? index : group.Members[index];
            }
        }

        return members;
    }

    // By member the place of its outcome; nothing where all have one.
    private ushort[] ReadSlot(Group group)
    {
        VariableColumn variables = _text.Slot(_index, group.Outcome.Slot);
        int count = CountOf(group);
        if (variables.Kind != VariableKind.Text)
        {
            return ReadNumbers(variables, group, count);
        }

        StringVector texts = variables.Texts;
        if (texts.Shaped is { } shaped && TryReadShapes(shaped, group, count) is { } byShape)
        {
            return byShape;
        }

        Utf8Values values = texts.Values;
        ReadOnlySpan<int> codes = texts.Codes;
        if (texts.IsConstant)
        {
            return ReadEntries(values, group.Outcome.State);
        }

        // Values of a dictionary once each; and a few rows of many not by way of all.
        bool hasEntries = values.Count <= count;
        ushort[] entries = hasEntries ? ReadEntries(values, group.Outcome.State) : [];
        if (hasEntries && (_outcomes.Count == 1 || (codes.IsEmpty && group.Members is null)))
        {
            return entries;
        }

        ushort[] places = GC.AllocateUninitializedArray<ushort>(count);
        for (int index = 0; index < places.Length; index++)
        {
            int member = group.Members is null ? index : group.Members[index];
            int value = codes.IsEmpty ? member : codes[member];
            places[index] = hasEntries
                ? entries[value]
                : _outcomes.PlaceOf(_automaton.Run(group.Outcome.State, values[value]));
        }

        return places;
    }

    // Null where the numbers in the texts make a difference.
    private ushort[]? TryReadShapes(ShapedTexts shaped, Group group, int count)
    {
        ushort[] byShape = new ushort[shaped.Shapes.Count];
        for (int shape = 0; shape < byShape.Length; shape++)
        {
            if (_walk.AfterShape(group.Outcome.State, shaped.Shapes[shape]) is not { } states)
            {
                _outcomes.Begin(group.Outcome.Slot);
                return null;
            }

            byShape[shape] = _outcomes.PlaceOf(states[0]);
            for (int index = 1; index < states.Count; index++)
            {
                if (_outcomes.PlaceOf(states[index]) != byShape[shape])
                {
                    _outcomes.Begin(group.Outcome.Slot);
                    return null;
                }
            }
        }

        if (_outcomes.Count == 1)
        {
            return byShape;
        }

        ReadOnlySpan<int> codes = shaped.Codes;
        ushort[] places = GC.AllocateUninitializedArray<ushort>(count);
        for (int index = 0; index < places.Length; index++)
        {
            places[index] = byShape[codes[group.Members is null ? index : group.Members[index]]];
        }

        return places;
    }

    private ushort[] ReadEntries(Utf8Values values, int state)
    {
        ushort[] entries = new ushort[values.Count];
        if (TryReadByMatches(values, state, entries))
        {
            return entries;
        }

        for (int entry = 0; entry < entries.Length; entry++)
        {
            entries[entry] = _outcomes.PlaceOf(_automaton.Run(state, values[entry]));
        }

        return entries;
    }

    // Where only a match makes a difference, texts with one are found by one search of all bytes.
    private bool TryReadByMatches(Utf8Values values, int state, ushort[] entries)
    {
        if (state != _automaton.Start
            || entries.Length < MinSearched
            || _matcher.StatesWithoutMatch is not { } states
            || !values.AreWholeCodePoints())
        {
            return false;
        }

        ushort common = _outcomes.PlaceOf(state);
        foreach (int other in states)
        {
            if (_outcomes.PlaceOf(other) != common)
            {
                return false;
            }
        }

        bool[] found = new bool[entries.Length];
        _matcher.Mark(values, found);
        entries.AsSpan().Fill(common);
        for (int entry = Array.IndexOf(found, true); entry >= 0; entry = Array.IndexOf(found, true, entry + 1))
        {
            entries[entry] = _outcomes.PlaceOf(_automaton.Run(state, values[entry]));
        }

        return true;
    }

    private ushort[] ReadNumbers(VariableColumn variables, Group group, int count)
    {
        ushort[] places = GC.AllocateUninitializedArray<ushort>(count);
        LastDigitStates? byLastDigit = variables.Kind == VariableKind.Integer ? _walk.ByLastDigit(group.Outcome.State) : null;
        Span<ushort> bySingle = stackalloc ushort[10];
        Span<ushort> byLast = stackalloc ushort[10];
        for (int digit = 0; byLastDigit is not null && digit < byLast.Length; digit++)
        {
            bySingle[digit] = _outcomes.PlaceOf(byLastDigit.Single[digit]);
            byLast[digit] = _outcomes.PlaceOf(byLastDigit.Last[digit]);
        }

        Span<byte> room = stackalloc byte[VariableText.MaxNumberBytes];
        ReadOnlySpan<long> numbers = variables.Numbers;
        for (int index = 0; index < places.Length; index++)
        {
            int member = group.Members is null ? index : group.Members[index];
            long number = numbers[member];
            if (byLastDigit is not null && number >= 0)
            {
                places[index] = number < 10 ? bySingle[(int)number] : byLast[(int)((ulong)number % 10)];
                continue;
            }

            places[index] = _outcomes.PlaceOf(_automaton.Run(group.Outcome.State, room[..variables.Format(member, room)]));
        }

        return places;
    }

    private void Settle(Group group, Span<bool> hits)
    {
        if (group.Outcome == TemplateOutcome.No)
        {
            return;
        }

        ReadOnlySpan<int> rows = _text.RowsOf(_index);
        bool isYes = group.Outcome == TemplateOutcome.Yes;
        for (int index = 0; index < CountOf(group); index++)
        {
            int member = group.Members is null ? index : group.Members[index];
            hits[rows[member]] |= isYes || _matcher.Matches(Write(member));
        }
    }

    // The whole text of one row; for what the automaton leaves open.
    private ReadOnlySpan<byte> Write(int member)
    {
        int needed = _template.PieceBytes;
        for (int slot = 0; slot < _template.SlotCount; slot++)
        {
            needed += _text.Slot(_index, slot).MaxBytes;
        }

        if (_written.Length < needed)
        {
            _written = GC.AllocateUninitializedArray<byte>(needed);
        }

        int length = 0;
        for (int slot = 0; slot <= _template.SlotCount; slot++)
        {
            ReadOnlySpan<byte> piece = _template.Piece(slot);
            piece.CopyTo(_written.AsSpan(length));
            length += piece.Length;
            length += slot < _template.SlotCount ? _text.Slot(_index, slot).Format(member, _written.AsSpan(length)) : 0;
        }

        return _written.AsSpan(0, length);
    }

    /// <summary>Rows that are alike so far.</summary>
    /// <param name="Outcome">What is known of them.</param>
    /// <param name="Members">Indexes into the template's rows; null for all.</param>
    private readonly record struct Group(TemplateOutcome Outcome, int[]? Members);
}
