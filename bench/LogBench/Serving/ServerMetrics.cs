using System.Globalization;

namespace Bongsu.LogBench.Serving;

/// <summary>Figures of <c>/metrics</c>, by name and labels.</summary>
internal sealed class ServerMetrics
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    private ServerMetrics(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            int space = line.LastIndexOf(' ');
            if (space > 0 && line[0] != '#' && double.TryParse(line.AsSpan(space + 1), CultureInfo.InvariantCulture, out double value))
            {
                _values[line[..space]] = value;
            }
        }
    }

    /// <summary>Asks the server.</summary>
    public static async Task<ServerMetrics> ReadAsync(ServerUnderTest server) =>
        new(await server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)));

    /// <summary>A figure, or null where the server has none of that name.</summary>
    public double? this[string name] => _values.TryGetValue(name, out double value) ? value : null;
}
