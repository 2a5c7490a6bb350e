namespace Bongsu.Server.Http;

/// <summary>All endpoints, by what they are for.</summary>
internal static class Endpoints
{
    /// <summary>Adds every endpoint of the API.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        HealthEndpoints.Map(routes);
        SessionEndpoints.Map(routes);
        TableEndpoints.Map(routes);
        QueryEndpoints.Map(routes);
        TailEndpoint.Map(routes);
        IngestEndpoints.Map(routes);
        ElasticsearchEndpoints.Map(routes);
        OtlpEndpoints.Map(routes);
        SavedQueryEndpoints.Map(routes);
        AlertEndpoints.Map(routes);
        RuleFileEndpoints.Map(routes);
        RulePackEndpoints.Map(routes);
        BacktestEndpoint.Map(routes);
        BackupEndpoints.Map(routes);
        MetricsEndpoint.Map(routes);
    }
}
