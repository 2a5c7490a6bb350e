using Bongsu.Core.Types;
using Bongsu.Query.Kql;
using Bongsu.Query.Plan;

namespace Bongsu.Tests.Query.Kql;

/// <summary>Two tables to name in queries, and what compiling gives.</summary>
internal sealed class TestCatalog : IQueryCatalog
{
    private static readonly Dictionary<string, Schema> s_tables = new(StringComparer.Ordinal)
    {
        ["logs"] = Schema(
            "timestamp:datetime", "level:string", "message:string", "service:string", "http.status:long", "http.path:string",
            "duration_ms:real", "count:long", "tags:dynamic", "elapsed:timespan", "ok:bool"),
        ["logs-app"] = Schema("timestamp:datetime", "message:string", "level:long"),
        ["owners"] = Schema("service:string", "team:string", "level:string"),
    };

    public IEnumerable<string> TableNames => s_tables.Keys;

    public static CompileOptions Options { get; } = new() { NowTicks = new DateTime(2026, 1, 2).Ticks };

    public Schema? FindTable(string name) => s_tables.GetValueOrDefault(name);

    /// <summary>Columns of the result, for instance <c>a:long, b:string</c>.</summary>
    public static string SchemaOf(string query) => KqlCompiler.Bind(query, new TestCatalog(), Options).Schema.ToString()[1..^1];

    /// <summary>The optimised plan as text.</summary>
    public static string PlanOf(string query) => PlanText.Show(KqlCompiler.Compile(query, new TestCatalog(), Options).Plan);

    private static Schema Schema(params string[] columns) =>
        new(columns.Select(column =>
        {
            string[] parts = column.Split(':');
            Assert.True(ScalarTypes.TryParse(parts[1], out ScalarType type));
            return new Column(parts[0], type);
        }));
}
