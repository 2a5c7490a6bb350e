namespace Bongsu.Server.Http;

/// <summary><c>/healthz</c> (the process lives) and <c>/readyz</c> (it takes requests).</summary>
internal static class HealthEndpoints
{
    /// <summary>Adds the endpoints; they need no credential and tell nothing but "ok".</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", (IHostApplicationLifetime lifetime) => lifetime.ApplicationStopping.IsCancellationRequested
            ? Results.Text("stopping\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok\n"));
    }
}
