namespace Bongsu.Core.Types;

/// <summary>An ordered list of distinct columns. Immutable.</summary>
public sealed class Schema
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _indexByName;

    /// <summary>Makes a schema; a name may occur once only.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public Schema(IEnumerable<Column> columns)
    {
        _columns = columns.ToArray();
        _indexByName = new Dictionary<string, int>(_columns.Length, StringComparer.Ordinal);
        for (int column = 0; column < _columns.Length; column++)
        {
            if (!_indexByName.TryAdd(_columns[column].Name, column))
            {
                throw new ArgumentException($"column '{_columns[column].Name}' occurs twice", nameof(columns));
            }
        }
    }

    /// <summary>A schema without columns.</summary>
    public static Schema Empty { get; } = new([]);

    /// <summary>Number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The columns, in order.</summary>
    public ReadOnlySpan<Column> Columns => _columns;

    /// <summary>The column at a position.</summary>
    public Column this[int index] => _columns[index];

    /// <summary>Position of a column, or -1. Names are case-sensitive.</summary>
    public int IndexOf(string name) => _indexByName.TryGetValue(name, out int index) ? index : -1;

    /// <inheritdoc/>
    public override string ToString() => "(" + string.Join(", ", _columns) + ")";
}
