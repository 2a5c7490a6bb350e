namespace Bongsu.LogBench.Reporting;

/// <summary>What a loaded table takes on disk.</summary>
internal sealed record StorageFigures
{
    /// <summary>Parts: columns, indexes and footers.</summary>
    public required long PartBytes { get; init; }

    /// <summary>The whole data folder, with what is left of the log.</summary>
    public required long FolderBytes { get; init; }

    /// <summary>Number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>By column.</summary>
    public IReadOnlyList<ColumnFigures> Columns { get; init; } = [];

    /// <summary>Values of all columns.</summary>
    public long ValueBytes => Columns.Sum(column => column.SizeBytes);

    /// <summary>Indexes of all columns.</summary>
    public long IndexBytes => Columns.Sum(column => column.IndexBytes);
}
