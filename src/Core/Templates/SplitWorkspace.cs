namespace Bongsu.Core.Templates;

/// <summary>Working memory for cutting one batch; used again for the next. One owner at a time.</summary>
internal sealed class SplitWorkspace
{
    // Beyond it the memory is not kept: a rare huge batch must not hold it for ever.
    private const int MaxKeptValues = 1 << 20;

    private SlotValue[] _values = new SlotValue[1024];
    private int[] _firstValues = [];
    private int[] _codeOf = [];
    private int _valueCount;
    private MinedTemplate[] _used = new MinedTemplate[64];

    /// <summary>Builds columns, with tables of its own.</summary>
    public VariableColumnBuilder Columns { get; } = new();

    /// <summary>Number of templates in the batch.</summary>
    public int UsedCount { get; private set; }

    /// <summary>Whether it may be used again.</summary>
    public bool IsModest => _values.Length <= MaxKeptValues;

    /// <summary>The variables so far, row after row.</summary>
    public ReadOnlySpan<SlotValue> Values => _values;

    /// <summary>By row its first variable.</summary>
    public ReadOnlySpan<int> FirstValues => _firstValues;

    /// <summary>The templates in the batch, by code.</summary>
    public ReadOnlySpan<MinedTemplate> Used => _used.AsSpan(0, UsedCount);

    /// <summary>Begins a batch.</summary>
    public void Begin(int rowCount)
    {
        if (_firstValues.Length < rowCount)
        {
            _firstValues = new int[rowCount];
        }

        _valueCount = 0;
    }

    /// <summary>Room for the variables of the next row.</summary>
    public Span<SlotValue> NextValues()
    {
        if (_values.Length - _valueCount < MessageTokenizer.MaxSlots)
        {
            Array.Resize(ref _values, _values.Length * 2);
        }

        return _values.AsSpan(_valueCount, MessageTokenizer.MaxSlots);
    }

    /// <summary>Ends a row whose variables were written.</summary>
    /// <returns>The template's code in this batch.</returns>
    public int EndRow(int row, MinedTemplate template)
    {
        _firstValues[row] = _valueCount;
        _valueCount += template.Template.SlotCount;
        int ordinal = template.Ordinal;
        int code = ordinal < _codeOf.Length ? _codeOf[ordinal] - 1 : -1;
        return code >= 0 ? code : Use(template);
    }

    /// <summary>Forgets the batch.</summary>
    public void End()
    {
        foreach (MinedTemplate template in Used)
        {
            _codeOf[template.Ordinal] = 0;
        }

        Array.Clear(_used, 0, UsedCount);
        UsedCount = 0;
    }

    private int Use(MinedTemplate template)
    {
        if (template.Ordinal >= _codeOf.Length)
        {
            Array.Resize(ref _codeOf, Math.Max(template.Ordinal + 1, _codeOf.Length * 2));
        }

        if (UsedCount == _used.Length)
        {
            Array.Resize(ref _used, _used.Length * 2);
        }

        _used[UsedCount++] = template;
        _codeOf[template.Ordinal] = UsedCount;
        return UsedCount - 1;
    }
}
