using System.Text.Json;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Server.Auth;
using Bongsu.Server.Http.Answers;
using Bongsu.Store;

namespace Bongsu.Server.Http;

/// <summary><c>/api/tables</c>: the tables of a tenant, their columns and sizes.</summary>
internal static class TableEndpoints
{
    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/tables", ListAsync).Requires(Scopes.Query);
        routes.MapGet("/api/tables/{name}", ShowAsync).Requires(Scopes.Query);
        routes.MapGet("/api/tables/{name}/columns", ColumnsAsync).Requires(Scopes.Query);
        routes.MapPost("/api/tables/{name}/flush", FlushAsync).Requires(Scopes.Admin);
        routes.MapDelete("/api/tables/{name}", DropAsync).Requires(Scopes.Admin);
    }

    private static Task ListAsync(HttpContext http, Database database) => JsonAnswers.WriteAsync(http, json =>
    {
        // Read before the tables: a change in between makes the client ask again, never miss it.
        json.WriteNumber("schemaVersion", database.SchemaVersion);
        json.WriteStartArray("tables");
        foreach (Table table in database.Tables(http.Principal().Tenant))
        {
            json.WriteStartObject();
            WriteTable(table, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static Task ShowAsync(HttpContext http, string name, Database database) =>
        database.FindTable(http.Principal().Tenant, name) is { } table
            ? JsonAnswers.WriteAsync(http, json => WriteTable(table, json))
            : ApiError.WriteAsync(http, 404, "not_found", $"no table is named '{name}'");

    private static Task ColumnsAsync(HttpContext http, string name, Database database) =>
        database.FindTable(http.Principal().Tenant, name) is { } table
            ? JsonAnswers.WriteAsync(http, json => WriteColumns(table, json))
            : ApiError.WriteAsync(http, 404, "not_found", $"no table is named '{name}'");

    // Cuts the rows in memory into parts and merges what is due: for benchmarks and before a look at sizes.
    private static async Task FlushAsync(HttpContext http, string name, Database database)
    {
        if (database.FindTable(http.Principal().Tenant, name) is not { } table)
        {
            await ApiError.WriteAsync(http, 404, "not_found", $"no table is named '{name}'");
            return;
        }

        await table.FlushAsync(http.RequestAborted);
        await table.MergeAsync(http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task DropAsync(HttpContext http, string name, Database database)
    {
        if (await database.DropTableAsync(http.Principal().Tenant, name, http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await ApiError.WriteAsync(http, 404, "not_found", $"no table is named '{name}'");
    }

    private static void WriteTable(Table table, Utf8JsonWriter json)
    {
        TableStatistics statistics = table.Statistics();
        json.WriteString("name", table.Name);
        json.WriteNumber("rowCount", statistics.RowCount);
        json.WriteNumber("sizeBytes", statistics.SizeBytes);
        json.WriteNumber("headRows", statistics.HeadRows);
        json.WriteNumber("partCount", statistics.PartCount);
        json.WriteNumber("quarantinedParts", statistics.QuarantinedParts);
        WriteTime("minTime", statistics.MinTicks, json);
        WriteTime("maxTime", statistics.MaxTicks, json);
        JsonAnswerWriter.WriteColumns(table.Schema, json);
    }

    private static void WriteColumns(Table table, Utf8JsonWriter json)
    {
        json.WriteStartArray("columns");
        foreach (ColumnStatistics column in table.ColumnStatistics())
        {
            json.WriteStartObject();
            json.WriteString("name", column.Column.Name);
            json.WriteString("type", column.Column.Type.Name());
            json.WriteStartObject("blocks");
            foreach ((string encoding, int count) in column.Blocks)
            {
                json.WriteNumber(encoding, count);
            }

            json.WriteEndObject();
            json.WriteNumber("sizeBytes", column.SizeBytes);
            json.WriteNumber("indexBytes", column.IndexBytes);
            json.WriteNumber("plainBytes", column.PlainBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTime(string name, long? ticks, Utf8JsonWriter json)
    {
        if (ticks is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, ScalarText.FormatDateTime(ticks.Value));
        }
    }
}
