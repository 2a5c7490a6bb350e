using System.Globalization;
using System.Net;
using System.Text;

namespace Bongsu.LogBench.Reporting;

/// <summary>A run as an SVG picture: times on a logarithmic axis, then load, disk and memory as bars. Follows the reader's
/// light or dark setting.</summary>
internal sealed class Chart(BenchResult result)
{
    private const int Width = 880;
    private const int LabelWidth = 320;
    private const int Right = 84;
    private const int RowHeight = 24;
    private const int Top = 84;
    private const int BarHeight = 14;
    private const double LeastMs = 0.1;

    private const string Style = """
        <style>
          svg {
            --ink: #1f2328; --dim: #59636e; --line: #d1d9e0; --paper: #ffffff;
            --c0: #d1242f; --c1: #bf8700; --c2: #8250df; --c3: #0969da;
          }
          @media (prefers-color-scheme: dark) {
            svg {
              --ink: #f0f6fc; --dim: #9198a1; --line: #3d444d; --paper: #0d1117;
              --c0: #ff7b72; --c1: #e3b341; --c2: #d2a8ff; --c3: #79c0ff;
            }
          }
          text { font: 12px system-ui, "Apple SD Gothic Neo", "Noto Sans CJK KR", sans-serif; fill: var(--ink); }
          .ours { fill: var(--c0); font-weight: 600; }
          .title { font-size: 16px; font-weight: 600; }
          .dim { fill: var(--dim); }
          .end { text-anchor: end; }
          .middle { text-anchor: middle; }
          .grid { stroke: var(--line); stroke-width: 1; }
          .c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); }
        </style>
        """;

    private readonly StringBuilder _body = new();
    private double _mostMs;

    /// <summary>The SVG text.</summary>
    public string Draw()
    {
        _mostMs = result.Queries.SelectMany(query => TimesOf(query)).Max();
        int y = DrawTimes();
        y = DrawBars(y + 40);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {y}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"width=\"{Width}\" height=\"{y}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"role=\"img\" aria-label=\"Times of queries over {result.Rows:N0} log rows\">\n{Style}\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{y}\" rx=\"6\" fill=\"var(--paper)\"/>\n");
        return svg.Append(_body).Append("</svg>\n").ToString();
    }

    private string[] Engines => ["Bongsu", .. result.Peers.Select(peer => peer.Name)];

    private double[] TimesOf(QueryFigures query) => [query.ServerMs, .. result.Peers.Select(peer => peer.Queries[query.Name].MedianMs)];

    private int DrawTimes()
    {
        Text(24, 30, "title", string.Create(CultureInfo.InvariantCulture, $"{result.Rows / 1e6:0.##} million log rows, ms (less is better)"));
        Text(24, 50, "dim", string.Create(
            CultureInfo.InvariantCulture,
            $"medians of warm runs in one session, {result.Date:yyyy-MM-dd}; {result.Machine.Processor}, {result.Machine.Cores} cores"));
        DrawLegend(24, 70);
        int bottom = Top + (result.Queries.Count * RowHeight);
        for (double ms = LeastMs; ms <= _mostMs * 1.001; ms *= 10)
        {
            int x = (int)X(ms);
            Line(x, Top, x, bottom);
            Text(x, bottom + 16, "dim middle", ms.ToString("0.#", CultureInfo.InvariantCulture));
        }

        for (int row = 0; row < result.Queries.Count; row++)
        {
            QueryFigures query = result.Queries[row];
            int y = Top + (row * RowHeight) + (RowHeight / 2);
            Text(LabelWidth - 16, y + 4, "end", $"{query.Title.Replace("`", "", StringComparison.Ordinal)}");
            DrawDots(query, y);
            Text(Width - 24, y + 4, "ours end", query.ServerMs.ToString(query.ServerMs < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture));
        }

        return bottom + 16;
    }

    // The fastest and the slowest are joined by a line; ours is drawn last, and larger.
    private void DrawDots(QueryFigures query, int y)
    {
        double[] times = TimesOf(query);
        Line((int)X(times.Min()), y, (int)X(times.Max()), y);
        for (int engine = times.Length - 1; engine >= 0; engine--)
        {
            int radius = engine == 0 ? 6 : 4;
            _body.Append(CultureInfo.InvariantCulture, $"<circle class=\"c{engine}\" cx=\"{X(times[engine]):0.0}\" cy=\"{y}\" r=\"{radius}\">");
            _body.Append(CultureInfo.InvariantCulture, $"<title>{Escape(Engines[engine])}: {times[engine]:0.0} ms</title></circle>\n");
        }
    }

    private void DrawLegend(int x, int y)
    {
        for (int engine = 0; engine < Engines.Length; engine++)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<circle class=\"c{engine}\" cx=\"{x + 5}\" cy=\"{y - 4}\" r=\"5\"/>\n");
            Text(x + 16, y, "", Engines[engine]);
            x += 36 + (Engines[engine].Length * 7);
        }
    }

    private int DrawBars(int y)
    {
        y = DrawPanel(y, "on disk, MB (less is better)", result.Storage.PartBytes / 1e6, peer => peer.SizeBytes / 1e6);
        y = DrawPanel(y, "load with merges, CPU seconds (less is better)", result.Load.QuietCpuSeconds, peer => peer.QuietCpuSeconds);
        y = DrawPanel(y, "load, thousand rows a second; Bongsu over HTTP with fsync", result.Load.RowsPerSecond / 1e3,
            peer => result.Rows / peer.InsertSeconds / 1e3);
        return DrawPanel(y, "peak memory while loading, MB (less is better)", result.Memory.PeakMb, peer => peer.PeakMb);
    }

    private int DrawPanel(int y, string title, double ours, Func<PeerFigures, double> ofPeer)
    {
        double[] values = [ours, .. result.Peers.Select(ofPeer)];
        Text(24, y + 10, "", title);
        y += 20;
        for (int engine = 0; engine < values.Length; engine++)
        {
            double width = Math.Max(1, (Width - LabelWidth - Right) * values[engine] / values.Max());
            Text(LabelWidth - 16, y + 11, "dim end", Engines[engine]);
            _body.Append(CultureInfo.InvariantCulture, $"<rect class=\"c{engine}\" x=\"{LabelWidth}\" y=\"{y}\" width=\"{width:0.0}\" ");
            _body.Append(CultureInfo.InvariantCulture, $"height=\"{BarHeight}\" rx=\"2\"/>\n");
            Text(LabelWidth + (int)width + 8, y + 11, "", values[engine].ToString(values[engine] < 100 ? "0.#" : "N0", CultureInfo.InvariantCulture));
            y += BarHeight + 4;
        }

        return y + 16;
    }

    private double X(double ms)
    {
        double share = Math.Log(Math.Max(ms, LeastMs) / LeastMs) / Math.Log(_mostMs / LeastMs);
        return LabelWidth + (share * (Width - LabelWidth - Right));
    }

    private void Line(int x1, int y1, int x2, int y2) =>
        _body.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>\n");

    private void Text(int x, int y, string style, string text) =>
        _body.Append(CultureInfo.InvariantCulture, $"<text class=\"{style}\" x=\"{x}\" y=\"{y}\">{Escape(text)}</text>\n");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
