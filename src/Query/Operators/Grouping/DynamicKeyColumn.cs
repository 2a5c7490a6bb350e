using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>Key values that are dynamic, equal where their encoded bytes are; null has no bytes.</summary>
internal sealed class DynamicKeyColumn : KeyColumn
{
    private readonly BytesTable _table = new();

    public override int Count => _table.Count;

    public override long SizeBytes => _table.SizeBytes;

    public override void Assign(Vector column, Span<int> numbers)
    {
        var typed = (DynamicVector)column;
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = _table.FindOrAdd(typed.Values[row]);
        }
    }

    public override void Find(Vector column, Span<int> numbers)
    {
        var typed = (DynamicVector)column;
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = _table.Find(typed.Values[row]);
        }
    }

    public override Vector Values(ReadOnlySpan<int> numbers)
    {
        var values = new DynamicVectorBuilder();
        foreach (int number in numbers)
        {
            values.Append(_table[number]);
        }

        return values.Build();
    }
}
