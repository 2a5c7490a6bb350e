using Bongsu.Core.Automata;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Decides the rows of one template by their variables, slot by slot; rows that are alike so far go on
/// together. One owner.</summary>
internal sealed class TemplateRows
{
    private const int NotKnown = int.MinValue;

    private readonly ITextMatcher _matcher;
    private readonly TemplateWalk _walk;
    private readonly TextAutomaton _automaton;
    private readonly TemplateText _text;
    private readonly Template _template;
    private readonly int _index;
    private readonly Dictionary<int, TemplateOutcome> _outcomes = [];
    private readonly Dictionary<TemplateOutcome, List<int>> _open = [];
    private byte[] _written = [];

    public TemplateRows(ITextMatcher matcher, TemplateWalk walk, TemplateText text, int template)
    {
        _matcher = matcher;
        _walk = walk;
        _automaton = walk.Automaton;
        _text = text;
        _index = template;
        _template = text.TemplateAt(template);
    }

    /// <summary>Sets the entry of each row of the template that matches.</summary>
    /// <param name="outcome">What is known of all of them; open or unknown.</param>
    /// <param name="hits">One per row of the block.</param>
    public void Mark(TemplateOutcome outcome, Span<bool> hits)
    {
        int count = _text.RowsOf(_index).Length;
        if (!outcome.IsOpen)
        {
            for (int member = 0; member < count; member++)
            {
                Settle(member, outcome, hits);
            }

            return;
        }

        var pending = new Stack<(TemplateOutcome Outcome, int[]? Members)>();
        pending.Push((outcome, null));
        while (pending.TryPop(out (TemplateOutcome Outcome, int[]? Members) group))
        {
            ReadSlot(group.Outcome, group.Members, group.Members?.Length ?? count, hits);
            foreach ((TemplateOutcome next, List<int> members) in _open)
            {
                pending.Push((next, [.. members]));
            }

            _open.Clear();
        }
    }

    // Members are indexes into the template's rows; null for all.
    private void ReadSlot(TemplateOutcome outcome, int[]? members, int count, Span<bool> hits)
    {
        VariableColumn variables = _text.Slot(_index, outcome.Slot);
        _outcomes.Clear();
        if (variables.Kind != VariableKind.Text)
        {
            ReadNumbers(variables, outcome, members, count, hits);
            return;
        }

        StringVector texts = variables.Texts;
        if (!texts.IsConstant && !texts.IsDictionary)
        {
            Utf8Values values = texts.Values;
            for (int index = 0; index < count; index++)
            {
                int member = members is null ? index : members[index];
                Settle(member, OutcomeOf(outcome.Slot, _automaton.Run(outcome.State, values[member])), hits);
            }

            return;
        }

        int[] entries = new int[texts.Values.Count];
        for (int entry = 0; entry < entries.Length; entry++)
        {
            entries[entry] = _automaton.Run(outcome.State, texts.Values[entry]);
        }

        for (int index = 0; index < count; index++)
        {
            int member = members is null ? index : members[index];
            Settle(member, OutcomeOf(outcome.Slot, entries[texts.IsConstant ? 0 : texts.Codes[member]]), hits);
        }
    }

    private void ReadNumbers(
        VariableColumn variables,
        TemplateOutcome outcome,
        int[]? members,
        int count,
        Span<bool> hits)
    {
        Span<byte> room = stackalloc byte[VariableText.MaxNumberBytes];
        int lastState = NotKnown;
        TemplateOutcome last = default;
        for (int index = 0; index < count; index++)
        {
            int member = members is null ? index : members[index];
            int written = variables.Format(member, room);
            int state = _automaton.Run(outcome.State, room[..written]);
            if (state != lastState)
            {
                (lastState, last) = (state, OutcomeOf(outcome.Slot, state));
            }

            Settle(member, last, hits);
        }
    }

    private TemplateOutcome OutcomeOf(int slot, int state)
    {
        if (!_outcomes.TryGetValue(state, out TemplateOutcome outcome))
        {
            outcome = _walk.GoOn(_text, _index, _walk.After(_template, slot, state));
            _outcomes.Add(state, outcome);
        }

        return outcome;
    }

    private void Settle(int member, TemplateOutcome outcome, Span<bool> hits)
    {
        if (outcome == TemplateOutcome.No)
        {
            return;
        }

        if (outcome == TemplateOutcome.Yes)
        {
            hits[_text.RowsOf(_index)[member]] = true;
            return;
        }

        if (outcome.IsOpen)
        {
            if (!_open.TryGetValue(outcome, out List<int>? members))
            {
                _open.Add(outcome, members = []);
            }

            members.Add(member);
            return;
        }

        hits[_text.RowsOf(_index)[member]] |= _matcher.Matches(Write(member));
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
}
