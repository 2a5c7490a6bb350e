namespace Bongsu.Store;

/// <summary>Columns with a meaning of their own. The hidden ones are not in the schema, but can be named in a scan.</summary>
public static class SystemColumns
{
    /// <summary>Event time; in every batch, of type datetime, without nulls.</summary>
    public const string Timestamp = "timestamp";

    /// <summary>Text of log records; kept as templates and variables where it is a string column.</summary>
    public const string Message = "message";

    /// <summary>Hidden datetime column behind <c>ingestion_time()</c>: when the row's batch was stored. Orders rows as
    /// they were stored.</summary>
    public const string IngestionTime = "$ingestion_time";

    /// <summary>Hidden string column: the batch's <see cref="AppendOptions.SourceId"/>.</summary>
    public const string Source = "$source";

    /// <summary>Whether a name is kept for hidden columns; batches must not use it.</summary>
    public static bool IsReserved(string name) => name is IngestionTime or Source;
}
