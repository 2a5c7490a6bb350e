using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Patterns;
using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary><c>reduce by</c>: counts rows by the template of their text, and templates by their pattern.</summary>
/// <remarks>Stored messages have their templates; all other text is split here. Rows go by: only one of each template is
/// written out.</remarks>
internal sealed class ReduceOperator : Operator
{
    private const string Variable = "<*>";
    private const string Wildcard = "*";

    private readonly Operator _input;
    private readonly ReducePlan _plan;
    private readonly TemplateMiner _miner = new();
    private readonly Dictionary<Template, Group> _groups = [];

    public ReduceOperator(QueryRun run, Operator input, ReducePlan plan)
        : base(run, plan.Schema)
    {
        _input = input;
        _plan = plan;
    }

    public override IEnumerable<Batch> Execute()
    {
        foreach (Batch batch in _input.Execute())
        {
            Run.Cancellation.ThrowIfCancellationRequested();
            var text = (StringVector)batch.Vectors[0];
            Count(text.Templates ?? _miner.Split(text));
        }

        return _groups.Count == 0 ? [] : [Result()];
    }

    private void Count(TemplateText text)
    {
        long[] counts = new long[text.TemplateCount];
        int[] firstRows = new int[text.TemplateCount];
        ReadOnlySpan<int> codes = text.Codes;
        for (int row = codes.Length - 1; row >= 0; row--)
        {
            counts[codes[row]]++;
            firstRows[codes[row]] = row;
        }

        for (int template = 0; template < counts.Length; template++)
        {
            if (counts[template] == 0)
            {
                continue;
            }

            if (!_groups.TryGetValue(text.TemplateAt(template), out Group? group))
            {
                string first = Encoding.UTF8.GetString(text.Gather([firstRows[template]]).Render()[0]);
                _groups.Add(text.TemplateAt(template), group = new Group(first));
            }

            group.Count += counts[template];
            if (text.TemplateAt(template).Equals(Template.Any) && group.Prefix.Length > 0)
            {
                group.Prefix = CommonPrefix(text.Slot(template, 0), group.Prefix);
            }
        }
    }

    // What texts without any structure begin with, if all do with the same.
    private static byte[] CommonPrefix(VariableColumn texts, byte[] prefix)
    {
        Span<byte> room = new byte[texts.MaxBytes];
        for (int row = 0; row < texts.Length && prefix.Length > 0; row++)
        {
            int length = prefix.AsSpan().CommonPrefixLength(room[..texts.Format(row, room)]);
            while (length > 0 && length < prefix.Length && (prefix[length] & 0xC0) == 0x80)
            {
                length--;
            }

            prefix = length < prefix.Length ? prefix[..length] : prefix;
        }

        return prefix;
    }

    private Batch Result()
    {
        Template[] templates = [.. _groups.Keys];
        Group[] groups = [.. _groups.Values];
        PatternMap map = PatternMap.Of(templates, Array.ConvertAll(groups, group => group.Count));
        double least = _plan.Threshold * groups.Sum(group => group.Count);
        long[] patternCounts = new long[map.Patterns.Count];
        for (int index = 0; index < groups.Length; index++)
        {
            patternCounts[map.Codes[index]] += groups[index].Count;
        }

        var rows = new Dictionary<string, Group>(StringComparer.Ordinal);
        for (int index = 0; index < groups.Length; index++)
        {
            int code = map.Codes[index];
            string text = templates[index].Equals(Template.Any) ? groups[index].Pattern : map.Patterns[code].Text;
            string pattern = patternCounts[code] < least ? Wildcard : Write(text);
            if (!rows.TryGetValue(pattern, out Group? row))
            {
                rows.Add(pattern, row = new Group(groups[index].First));
            }

            row.Count += groups[index].Count;
        }

        var patterns = new StringVectorBuilder();
        var counts = new List<long>();
        var representatives = new StringVectorBuilder();
        foreach ((string pattern, Group row) in rows.OrderByDescending(row => row.Value.Count))
        {
            patterns.Append(pattern);
            counts.Add(row.Count);
            representatives.Append(row.First);
        }

        var countVector = new FixedVector<long>(ScalarType.Long, [.. counts], counts.Count);
        return new Batch(Schema, [patterns.Build(), countVector, representatives.Build()], counts.Count);
    }

    // KQL writes a variable as a star; characters that belong to it are part of it.
    private string Write(string pattern)
    {
        var written = new StringBuilder();
        for (int position = 0; position < pattern.Length; position++)
        {
            bool isVariable = string.CompareOrdinal(pattern, position, Variable, 0, Variable.Length) == 0;
            bool isSwallowed = !isVariable && written.Length > 0 && written[^1] == '*' && _plan.Characters.Contains(pattern[position]);
            if (!isVariable)
            {
                written.Append(isSwallowed ? "" : pattern[position]);
                continue;
            }

            position += Variable.Length - 1;
            while (written.Length > 0 && _plan.Characters.Contains(written[^1]))
            {
                written.Length--;
            }

            written.Append(written.Length > 0 && written[^1] == '*' ? "" : Wildcard);
        }

        return written.ToString();
    }

    private sealed class Group(string first)
    {
        public string First { get; } = first;

        /// <summary>What all texts begin with, where they have no template.</summary>
        public byte[] Prefix { get; set; } = Encoding.UTF8.GetBytes(first);

        public string Pattern => Encoding.UTF8.GetString(Prefix) + Variable;

        public long Count { get; set; }
    }
}
