namespace Bongsu.Store;

/// <summary>Where things are in a data directory.</summary>
internal static class DataLayout
{
    public const string Lock = "lock";
    public const string Log = "wal";
    public const string Keys = "keys";
    public const string Tenants = "tenants";
    public const string Tables = "tables";
    public const string Documents = "documents";

    public static string TablesOf(string dataDirectory, string tenant) => Path.Combine(dataDirectory, Tenants, tenant, Tables);

    public static string TableOf(string dataDirectory, string tenant, long tableId) =>
        Path.Combine(TablesOf(dataDirectory, tenant), tableId.ToString("x8"));

    public static string DocumentsOf(string dataDirectory, string tenant) =>
        Path.Combine(dataDirectory, Tenants, tenant, Documents);
}
