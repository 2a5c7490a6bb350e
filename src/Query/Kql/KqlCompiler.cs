namespace Bongsu.Query.Kql;

/// <summary>KQL text to a bound, optimised plan.</summary>
public static class KqlCompiler
{
    /// <summary>Compiles one query. Thread-safe; touches no data.</summary>
    /// <param name="text">The query, with its <c>let</c>, <c>set</c> and <c>declare</c> statements.</param>
    /// <param name="catalog">The tables it may name.</param>
    /// <param name="options">Parameters, time range, now.</param>
    /// <exception cref="QueryException">The query is wrong, or names something not supported.</exception>
    public static BoundQuery Compile(string text, IQueryCatalog catalog, CompileOptions options) =>
        throw new NotSupportedException("the KQL compiler is not there yet");
}
