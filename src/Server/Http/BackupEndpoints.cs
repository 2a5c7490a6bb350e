using System.Net;
using Bongsu.Server.Auth;
using Bongsu.Server.Http.Answers;
using Bongsu.Store;
using Bongsu.Store.Backups;

namespace Bongsu.Server.Http;

/// <summary><c>POST /api/backup</c>: a snapshot into a folder of the server's machine; from that machine
/// only.</summary>
internal static class BackupEndpoints
{
    /// <summary>Adds the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/backup", BackupAsync).Requires(Scopes.Admin);

    private static async Task BackupAsync(HttpContext http, Database database)
    {
        // The folder is named by the caller: whoever writes files here must be on this machine anyway.
        if (http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
        {
            await ApiError.WriteAsync(http, 403, "forbidden", "a backup is asked for on the server's own machine");
            return;
        }

        BackupRequest? request = await ApiBody.ReadAsync(http, ApiJson.Default.BackupRequest);
        if (request is null)
        {
            return;
        }

        if (!Path.IsPathFullyQualified(request.Directory ?? ""))
        {
            await ApiError.WriteAsync(http, 400, "body", "'directory' must be an absolute path");
            return;
        }

        BackupReport report = await database.BackupAsync(request.Directory!, http.RequestAborted);
        await JsonAnswers.WriteAsync(http, json =>
        {
            json.WriteNumber("sizeBytes", report.SizeBytes);
            json.WriteStartArray("tables");
            foreach (BackupTable table in report.Tables)
            {
                json.WriteStartObject();
                json.WriteString("tenant", table.Tenant);
                json.WriteString("table", table.Name);
                json.WriteNumber("rows", table.RowCount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
