using System.Text.Json;
using Bongsu.Server.Auth;
using Bongsu.Store;
using Bongsu.Store.Documents;

namespace Bongsu.Server.Http;

/// <summary><c>/api/saved-queries</c>: queries people keep, shared within a tenant.</summary>
internal static class SavedQueryEndpoints
{
    private const string Collection = "saved-queries";
    private const int MaxQueries = 1000;
    private const int MaxQueryChars = 100_000;
    private const int MaxNameChars = 200;

    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/saved-queries").Requires(Scopes.Query);
        group.MapGet("", (HttpContext http, Database database) =>
        {
            SavedQuery[] all = [.. Documents(http, database).List(Collection)
                .Select(entry => JsonSerializer.Deserialize(entry.Value, ApiJson.Default.SavedQuery)!)
                .OrderBy(query => query.Name, StringComparer.Ordinal)];
            return Results.Json(new SavedQueryList(all), ApiJson.Readable.SavedQueryList);
        });
        group.MapPost("", (HttpContext http, Database database, TimeProvider time) =>
            PutAsync(http, database, time, Guid.CreateVersion7().ToString("N"), isNew: true));
        group.MapPut("{id}", (HttpContext http, Database database, TimeProvider time, string id) =>
            PutAsync(http, database, time, id, isNew: false));
        group.MapDelete("{id}", (HttpContext http, Database database, string id) =>
            Documents(http, database).Delete(Collection, id)
                ? Results.NoContent()
                : Results.NotFound());
    }

    private static async Task PutAsync(HttpContext http, Database database, TimeProvider time, string id, bool isNew)
    {
        SavedQueryBody? body = await ApiBody.ReadAsync(http, ApiJson.Default.SavedQueryBody);
        if (body is null)
        {
            return;
        }

        DocumentStore documents = Documents(http, database);
        string? problem =
            string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > MaxNameChars ? $"'name' must have 1 to {MaxNameChars} characters" :
            string.IsNullOrWhiteSpace(body.Query) || body.Query.Length > MaxQueryChars ? $"'query' must have 1 to {MaxQueryChars} characters" :
            isNew && documents.List(Collection).Count >= MaxQueries ? $"there are {MaxQueries} saved queries already; delete some" :
            null;
        if (problem is not null)
        {
            await ApiError.WriteAsync(http, 400, "body", problem);
            return;
        }

        if (!isNew && documents.Get(Collection, id) is null)
        {
            await ApiError.WriteAsync(http, 404, "not_found", "this saved query is gone");
            return;
        }

        var saved = new SavedQuery(id, body.Name!, body.Query!, time.GetUtcNow());
        documents.Put(Collection, id, JsonSerializer.SerializeToUtf8Bytes(saved, ApiJson.Default.SavedQuery));
        http.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await http.Response.WriteAsJsonAsync(saved, ApiJson.Readable.SavedQuery);
    }

    private static DocumentStore Documents(HttpContext http, Database database) => database.Documents(http.Principal().Tenant);
}
