namespace Bongsu.Core.Templates;

/// <summary>The rows of one template while a batch is cut. Used again for the next batch; one owner.</summary>
internal sealed class TemplateRows
{
    private const int MinCapacity = 16;

    private readonly SlotColumn[] _slots;
    private int _capacity;

    public TemplateRows(MinedTemplate template)
    {
        Template = template.Template;
        _slots = new SlotColumn[Template.SlotCount];
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            _slots[slot] = new SlotColumn();
        }
    }

    public Template Template { get; }

    /// <summary>Number of rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Its code in the batch.</summary>
    public int Code { get; set; }

    /// <summary>Variables there is room for.</summary>
    public long Capacity => (long)_capacity * _slots.Length;

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<SlotValue> values, ReadOnlySpan<byte> bytes)
    {
        SlotColumn[] slots = _slots;
        if (Count == _capacity)
        {
            Grow();
        }

        for (int slot = 0; slot < slots.Length; slot++)
        {
            slots[slot].Add(Count, values[slot], bytes);
        }

        Count++;
    }

    /// <summary>Makes the columns and forgets the rows.</summary>
    public VariableColumn[] Build(ReadOnlySpan<byte> bytes)
    {
        var columns = new VariableColumn[_slots.Length];
        for (int slot = 0; slot < columns.Length; slot++)
        {
            columns[slot] = _slots[slot].Build(Count, bytes);
        }

        Count = 0;
        return columns;
    }

    private void Grow()
    {
        _capacity = Math.Max(MinCapacity, _capacity * 2);
        foreach (SlotColumn slot in _slots)
        {
            slot.Grow(_capacity);
        }
    }
}
