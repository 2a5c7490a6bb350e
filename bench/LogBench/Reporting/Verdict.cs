using System.Text.Json;

namespace Bongsu.LogBench.Reporting;

/// <summary>The best time of other engines for each query, and how ours compare.</summary>
internal sealed class Verdict
{
    private const double TieFactor = 1.3;
    private const double TieMs = 3;
    private readonly BenchResult _result;
    private readonly Dictionary<string, double> _elsewhere = [];

    /// <summary>Compares a run that has peers.</summary>
    /// <param name="result">The run.</param>
    /// <param name="elsewherePath">
    /// Medians that engines reached on another machine, in one run with ClickHouse and DuckDB: they are scaled by how
    /// much faster or slower these two are here. Only for a run of the same size.
    /// </param>
    public Verdict(BenchResult result, string elsewherePath)
    {
        _result = result;
        if (result.Peers.Count == 0 || !File.Exists(elsewherePath))
        {
            return;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(elsewherePath));
        JsonElement root = document.RootElement;
        if (root.GetProperty("rows").GetInt64() == result.Rows && root.GetProperty("days").GetInt32() == result.Days)
        {
            double scale = ScaleOf(root.GetProperty("medianMs"));
            foreach (JsonProperty query in root.GetProperty("medianMs").EnumerateObject())
            {
                _elsewhere[query.Name] = query.Value.GetProperty("VictoriaLogs").GetDouble() * scale;
            }
        }
    }

    /// <summary>Whether there is something to compare with.</summary>
    public bool HasPeers => _result.Peers.Count > 0;

    /// <summary>Whether VictoriaLogs' scaled figures are among those to beat.</summary>
    public bool HasElsewhere => _elsewhere.Count > 0;

    /// <summary>The time to beat.</summary>
    public double ToBeatMs(string query) => _result.Peers
        .Select(peer => peer.Queries[query].MedianMs)
        .Append(_elsewhere.GetValueOrDefault(query, double.PositiveInfinity))
        .Min();

    /// <summary>How many times as fast ours is.</summary>
    public double Ratio(QueryFigures query) => ToBeatMs(query.Name) / query.ServerMs;

    /// <summary>Whether both are so fast, or so near each other, that the difference says nothing.</summary>
    public bool IsTie(QueryFigures query) =>
        (query.ServerMs < TieMs && ToBeatMs(query.Name) < TieMs) || (Ratio(query) < TieFactor && Ratio(query) > 1 / TieFactor);

    /// <summary>Queries that are slower than what is to beat.</summary>
    public IEnumerable<QueryFigures> Behind => _result.Queries.Where(query => !IsTie(query) && Ratio(query) < 1);

    /// <summary>Geometric mean of ratios of the numbered queries, without their variants; where both are under 3 ms it
    /// counts as 1.</summary>
    public double GeometricMean => Math.Exp(_result.Queries.Where(query => !query.IsVariant).Average(query =>
        query.ServerMs < TieMs && ToBeatMs(query.Name) < TieMs ? 0 : Math.Log(Ratio(query))));

    // Queries of less than 3 ms measure the call more than the machine.
    private double ScaleOf(JsonElement elsewhere)
    {
        var logarithms = new List<double>();
        foreach (JsonProperty query in elsewhere.EnumerateObject())
        {
            foreach (PeerFigures peer in _result.Peers)
            {
                if (query.Value.TryGetProperty(peer.Name, out JsonElement there) && there.GetDouble() >= TieMs)
                {
                    logarithms.Add(Math.Log(peer.Queries[query.Name].MedianMs / there.GetDouble()));
                }
            }
        }

        return Math.Exp(logarithms.Average());
    }
}
