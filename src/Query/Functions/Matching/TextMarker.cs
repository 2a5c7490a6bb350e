using System.Collections.Concurrent;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Finds the rows of a string column that meet a condition, in whatever form the column is. Thread-safe.</summary>
/// <remarks>
/// Text in templates is decided by its template where that is enough; of what is left, only the variables that matter are
/// looked at. No row is written out.
/// </remarks>
internal sealed class TextMarker
{
    private readonly ITextMatcher _matcher;
    private readonly Lazy<TemplateWalk?> _walk;

    // The same few templates come in block after block.
    private readonly ConcurrentDictionary<Template, TemplateOutcome> _known = new();

    public TextMarker(ITextMatcher matcher)
    {
        _matcher = matcher;
        _walk = new Lazy<TemplateWalk?>(() => matcher.Automaton is { } automaton ? new TemplateWalk(automaton) : null);
    }

    /// <summary>True where templated text need not be written out.</summary>
    public bool ReadsTemplates => _walk.Value is not null;

    /// <summary>Sets the entry of each row that matches; others are left as they are.</summary>
    public void Mark(StringVector text, Span<bool> hits)
    {
        if (text.Templates is { } templates && _walk.Value is { } walk)
        {
            MarkTemplates(templates, walk, hits);
        }
        else if (text.IsConstant || text.IsDictionary)
        {
            MarkEntries(text, hits);
        }
        else
        {
            _matcher.Mark(text.Values, hits);
        }
    }

    private void MarkEntries(StringVector text, Span<bool> hits)
    {
        bool[] entries = new bool[text.Values.Count];
        _matcher.Mark(text.Values, entries);
        if (text.IsConstant)
        {
            if (hits.Length > 0 && entries[0])
            {
                hits.Fill(true);
            }

            return;
        }

        ReadOnlySpan<int> codes = text.Codes;
        for (int row = 0; row < codes.Length; row++)
        {
            hits[row] |= entries[codes[row]];
        }
    }

    private void MarkTemplates(TemplateText text, TemplateWalk walk, Span<bool> hits)
    {
        // Where no text variable of the block has the needle in it, most templates are decided by their pieces.
        ITextMatcher? withoutMatch =
            _matcher.StatesWithoutMatch is not null && text.MayVariablesContain is { } mayContain && !mayContain(_matcher.Needle)
                ? _matcher
                : null;
        bool[] decided = new bool[text.TemplateCount];
        bool anyDecided = false;
        List<(int Template, TemplateOutcome Outcome)>? open = null;
        for (int index = 0; index < decided.Length; index++)
        {
            Template template = text.TemplateAt(index);
            TemplateOutcome outcome = Outcome(text, index, template, walk, withoutMatch);
            if (outcome.IsOpen || outcome == TemplateOutcome.Unknown)
            {
                (open ??= []).Add((index, outcome));
            }
            else
            {
                anyDecided |= decided[index] = outcome == TemplateOutcome.Yes;
            }
        }

        if (anyDecided)
        {
            ReadOnlySpan<int> codes = text.Codes;
            for (int row = 0; row < codes.Length; row++)
            {
                hits[row] |= decided[codes[row]];
            }
        }

        foreach ((int template, TemplateOutcome outcome) in open ?? [])
        {
            ReadOnlySpan<int> rows = text.RowsOf(template);
            if (outcome.IsOpen && IsAllVariable(text.TemplateAt(template)) && text.Slot(template, 0).Kind == VariableKind.Text)
            {
                MarkVariables(text.Slot(template, 0).Texts, rows, hits);
            }
            else if (rows.Length > 0)
            {
                new TemplateRows(_matcher, walk, text, template).Mark(outcome, hits);
            }
        }
    }

    private TemplateOutcome Outcome(
        TemplateText text, int index, Template template, TemplateWalk walk, ITextMatcher? withoutMatch)
    {
        // The kinds of slots change from block to block; what was decided by pieces alone holds everywhere.
        if (_known.TryGetValue(template, out TemplateOutcome outcome))
        {
            return outcome.IsOpen ? walk.GoOn(text, index, outcome, withoutMatch) : outcome;
        }

        outcome = walk.Begin(template);
        _known.TryAdd(template, outcome);
        return outcome.IsOpen ? walk.GoOn(text, index, outcome, withoutMatch) : outcome;
    }

    private static bool IsAllVariable(Template template) => template.PieceBytes == 0 && template.SlotCount == 1;

    private void MarkVariables(StringVector texts, ReadOnlySpan<int> rows, Span<bool> hits)
    {
        if (rows.Length == hits.Length)
        {
            Mark(texts, hits);
            return;
        }

        bool[] found = new bool[rows.Length];
        Mark(texts, found);
        for (int index = 0; index < found.Length; index++)
        {
            hits[rows[index]] |= found[index];
        }
    }
}
