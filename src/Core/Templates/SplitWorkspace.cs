namespace Bongsu.Core.Templates;

/// <summary>Working memory for cutting one batch; used again for the next. One owner at a time.</summary>
internal sealed class SplitWorkspace
{
    // Beyond it the memory is not kept: a rare huge batch must not hold it for ever.
    private const long MaxKeptVariables = 1 << 19;

    private readonly SlotValue[] _values = new SlotValue[MessageTokenizer.MaxSlots];
    private readonly List<TemplateRows> _used = [];
    private TemplateRows?[] _byOrdinal = [];
    private long _capacity;

    /// <summary>Whether it may be used again.</summary>
    public bool IsModest => _capacity <= MaxKeptVariables;

    /// <summary>Room for the variables of one row.</summary>
    public Span<SlotValue> Values => _values;

    /// <summary>Adds a row whose variables are in <see cref="Values"/>.</summary>
    /// <returns>The template's code in this batch.</returns>
    public int AddRow(MinedTemplate template, ReadOnlySpan<byte> bytes)
    {
        int ordinal = template.Ordinal;
        TemplateRows? rows = ordinal < _byOrdinal.Length ? _byOrdinal[ordinal] : null;
        if (rows is null || rows.Count == 0)
        {
            rows = Use(template);
        }

        rows.Add(_values, bytes);
        return rows.Code;
    }

    /// <summary>Makes the text of the batch and forgets its rows.</summary>
    public TemplateText Build(int[] codes, ReadOnlySpan<byte> bytes)
    {
        var templates = new Template[_used.Count];
        var columns = new VariableColumn[_used.Count][];
        for (int code = 0; code < templates.Length; code++)
        {
            templates[code] = _used[code].Template;
            columns[code] = _used[code].Build(bytes);
            _capacity += _used[code].Capacity;
        }

        _used.Clear();
        return new TemplateText(templates, codes, codes.Length, columns);
    }

    private TemplateRows Use(MinedTemplate template)
    {
        if (template.Ordinal >= _byOrdinal.Length)
        {
            Array.Resize(ref _byOrdinal, Math.Max(template.Ordinal + 1, _byOrdinal.Length * 2));
        }

        TemplateRows rows = _byOrdinal[template.Ordinal] ??= new TemplateRows(template);
        _capacity -= rows.Capacity;
        rows.Code = _used.Count;
        _used.Add(rows);
        return rows;
    }
}
