using Bongsu.Core.Templates;

namespace Bongsu.Query.Functions.Matching;

/// <summary>The distinct outcomes after one slot, by the automaton's state. One owner.</summary>
internal sealed class SlotOutcomes
{
    private const int StateCount = 4096;

    private readonly TemplateWalk _walk;
    private readonly TemplateText _text;
    private readonly int _template;

    // By state one more than the place of its outcome; 0 = not asked yet.
    private readonly ushort[] _places = new ushort[StateCount];
    private readonly List<int> _asked = [];
    private readonly List<TemplateOutcome> _outcomes = [];
    private int _slot;

    public SlotOutcomes(TemplateWalk walk, TemplateText text, int template)
    {
        _walk = walk;
        _text = text;
        _template = template;
    }

    /// <summary>Number of distinct outcomes so far.</summary>
    public int Count => _outcomes.Count;

    public TemplateOutcome this[int place] => _outcomes[place];

    /// <summary>Starts over with a slot.</summary>
    public void Begin(int slot)
    {
        foreach (int state in _asked)
        {
            _places[state] = 0;
        }

        _asked.Clear();
        _outcomes.Clear();
        _slot = slot;
    }

    /// <summary>The place of the outcome when a variable ends in a state.</summary>
    public ushort PlaceOf(int state)
    {
        int place = _places[state];
        return (ushort)((place == 0 ? Ask(state) : place) - 1);
    }

    private int Ask(int state)
    {
        TemplateOutcome outcome = _walk.GoOn(_text, _template, _walk.After(_text.TemplateAt(_template), _slot, state));
        int place = _outcomes.IndexOf(outcome);
        if (place < 0)
        {
            place = _outcomes.Count;
            _outcomes.Add(outcome);
        }

        _asked.Add(state);
        _places[state] = (ushort)(place + 1);
        return place + 1;
    }
}
