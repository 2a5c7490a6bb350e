using System.Text.Json;
using Bongsu.Query;
using Bongsu.Query.Kql.Parsing;

namespace Bongsu.Conformance;

/// <summary>Runs cases that say only whether a query is syntactically right.</summary>
internal static class KqlParseRunner
{
    public static int Run(string file, TextWriter output)
    {
        int passed = 0;
        int failed = 0;
        foreach (string line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            if (root.GetProperty("kind").GetString() != "query")
            {
                continue;
            }

            string query = root.GetProperty("query").GetString()!;
            bool expected = root.GetProperty("syntax_ok").GetBoolean();
            string? error = Error(query);
            if (expected == (error is null))
            {
                passed++;
                continue;
            }

            failed++;
            output.WriteLine($"{root.GetProperty("id").GetString()}: expected {(expected ? "to parse" : "a syntax error")}; {error ?? "it parsed"}");
        }

        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static string? Error(string query)
    {
        try
        {
            KqlParser.Parse(query);
            return null;
        }
        catch (QueryException error)
        {
            return $"{error.Message} at {error.Span.Start}: «{query.Substring(error.Span.Start, Math.Min(40, query.Length - error.Span.Start)).ReplaceLineEndings(" ")}»";
        }
    }
}
