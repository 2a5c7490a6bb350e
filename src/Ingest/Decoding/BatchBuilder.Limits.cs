namespace Bongsu.Ingest.Decoding;

/// <content>Columns as they appear, and how many may.</content>
public sealed partial class BatchBuilder
{
    private long _maxCells;

    /// <summary>Whether a row of this batch was refused by a limit on columns or cells, not for what is in it.</summary>
    internal bool MetLimit { get; private set; }

    /// <summary>For a batch that is a piece of a request: less than the limit of all.</summary>
    internal void LimitCells(long maxCells) => _maxCells = maxCells;

    private void FailAtLimit(string reason)
    {
        MetLimit = true;
        Fail(reason);
    }

    // The column of a name, made if need be; null (and the row refused) past a limit.
    private ColumnBuilder? Column(string name)
    {
        if (_columnsByName.TryGetValue(name, out ColumnBuilder? known))
        {
            return known;
        }

        if (_columns.Count >= _options.Limits.MaxColumns)
        {
            FailAtLimit($"field '{name}' would be column {_columns.Count + 1} of the request: the limit is {_options.Limits.MaxColumns}");
            return null;
        }

        if (_tableSchema is not null && _tableSchema.IndexOf(name) < 0)
        {
            int tableColumns = _tableSchema.Count + _newTableColumns + 1;
            if (tableColumns > _options.Limits.MaxTableColumns)
            {
                FailAtLimit($"field '{name}' would be column {tableColumns} of the table: the limit is {_options.Limits.MaxTableColumns}");
                return null;
            }

            _newTableColumns++;
        }

        if (_idleColumns.Remove(name, out ColumnBuilder? column))
        {
            column.Begin(_columns.Count);
        }
        else
        {
            column = new ColumnBuilder(name, _columns.Count, _writer);
        }

        _columns.Add(column);
        _columnsByName.Add(name, column);
        return column;
    }
}
