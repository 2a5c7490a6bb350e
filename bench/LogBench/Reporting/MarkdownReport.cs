using System.Globalization;
using System.Text;

namespace Bongsu.LogBench.Reporting;

/// <summary>A run as one Markdown table, with the machine and what was compared.</summary>
/// <param name="result">The run.</param>
/// <param name="verdict">Its comparison with other engines.</param>
/// <param name="against">An earlier run to compare the growth of times with, or null.</param>
internal sealed class MarkdownReport(BenchResult result, Verdict verdict, BenchResult? against)
{
    private readonly StringBuilder _text = new();

    /// <summary>The whole text.</summary>
    public string Write()
    {
        WriteHead();
        WriteTable();
        WriteVerdict();
        WriteColumns();
        return _text.ToString();
    }

    private void WriteHead()
    {
        Machine machine = result.Machine;
        string peers = string.Concat(result.Peers.Select(peer => $", {peer.Name} {peer.Version}"));
        Line($"# Logs: {result.Rows:N0} rows over {Days(result)}{(verdict.HasPeers ? ", beside ClickHouse and DuckDB" : "")}");
        Line("");
        Line($"`{result.Command}`, {result.Date:yyyy-MM-dd}. {result.FileBytes / 1e6:N0} MB of NDJSON, sent over HTTP on {result.Connections} " +
            $"connections in bodies of 3 MiB, each acknowledged when durable.");
        Line($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGb:0} GB, {machine.Kernel}, {machine.Runtime}{peers}. " +
            $"Load average before the run: {machine.LoadAverage:0.0}.");
        Line("Times in ms, medians of at least 5 warm runs (Bongsu's after 1.5 s of runs that do not count: it is compiled while it runs); every");
        Line("answer was checked. Other engines run in process, without HTTP and without a");
        Line($"durable log. Absolute figures move with the machine: compare within one run, and read less than 1.3× as equal.");
        Line("");
    }

    private void WriteTable()
    {
        string growth = against is null ? "" : $" × {against.Rows / 1e6:0.#} M |";
        string peers = string.Concat(result.Peers.Select(peer => $" {peer.Name} |"));
        string best = verdict.HasPeers ? " to beat | ratio |" : "";
        Line($"| | Bongsu | over HTTP | first |{growth}{peers}{best}");
        Line($"|---|---:|---:|---:|{Dashes((against is null ? 0 : 1) + result.Peers.Count + (verdict.HasPeers ? 2 : 0))}");
        foreach (QueryFigures query in result.Queries)
        {
            string grown = against is null ? "" : $" {Growth(query)} |";
            string others = string.Concat(result.Peers.Select(peer => $" {Ms(peer.Queries[query.Name].MedianMs)} |"));
            string ratio = verdict.HasPeers
                ? $" {Ms(verdict.ToBeatMs(query.Name))} | {(verdict.IsTie(query) ? "tie" : $"{Number(verdict.Ratio(query))}×")} |"
                : "";
            Line($"| {query.Name} {query.Title} | **{Ms(query.ServerMs)}** | {Ms(query.HttpMs)} | {Ms(query.FirstMs)} |{grown}{others}{ratio}");
        }

        WriteLoad();
    }

    private void WriteLoad()
    {
        LoadFigures load = result.Load;
        MemoryFigures memory = result.Memory;
        StorageFigures storage = result.Storage;
        Row("load, rows/s", $"{load.RowsPerSecond:N0}", peer => $"{result.Rows / peer.InsertSeconds:N0}");
        Row("load, CPU-s", $"{load.CpuSeconds:0.0}", peer => $"{peer.InsertCpuSeconds:0.0}");
        Row("load and merges, CPU-s", $"{load.QuietCpuSeconds:0.0}", peer => $"{peer.QuietCpuSeconds:0.0}");
        Row("on disk, MB", $"{storage.PartBytes / 1e6:N1}", peer => $"{peer.SizeBytes / 1e6:N1}");
        Row("on disk, bytes a row", Number((double)storage.PartBytes / result.Rows), peer => Number((double)peer.SizeBytes / result.Rows));
        Row("peak memory while loading, MB", $"{memory.PeakMb:N0}", peer => $"{peer.PeakMb:N0}");
        Row("memory empty, at rest after the load, after the queries, MB", $"{memory.EmptyMb:N0}, {memory.RestMb:N0}, {memory.AfterQueriesMb:N0}");
        Row("bytes allocated a row; collections of generation 2; their and others' pauses, p99 in ms, in all in s",
            $"{Optional(memory.AllocatedPerRow)}; {memory.Gen2Collections:0}; {Optional(memory.PauseP99Ms)}, {Optional(memory.PausesSeconds)}");
        Row("parts; data folder with the log, MB; s until merges are quiet; bodies asked to wait",
            $"{storage.Parts}; {storage.FolderBytes / 1e6:N1}; {load.QuietSeconds:0.0}; {load.Refusals}");
        Line("");
    }

    private void Row(string title, string ours, Func<PeerFigures, string>? ofPeer = null)
    {
        string growth = against is null ? "" : " |";
        string peers = string.Concat(result.Peers.Select(peer => $" {ofPeer?.Invoke(peer)} |"));
        Line($"| {title} | {ours} | | |{growth}{peers}{(verdict.HasPeers ? " | |" : "")}");
    }

    private void WriteVerdict()
    {
        if (!verdict.HasPeers)
        {
            return;
        }

        string elsewhere = verdict.HasElsewhere
            ? " and of VictoriaLogs 1.26 as measured elsewhere, scaled by ClickHouse and DuckDB (`bench/peers/elsewhere.json`)"
            : "";
        Line($"*To beat* is the best of the engines beside it{elsewhere}. Ratio: to beat ÷ ours;");
        Line("a tie is less than 1.3×, or less than 3 ms on both sides.");
        Line($"Geometric mean of the ratios: {Number(verdict.GeometricMean)}×.");
        string[] behind = [.. verdict.Behind.Select(query => $"{query.Name} ({Number(1 / verdict.Ratio(query))}×)")];
        Line($"{(behind.Length == 0 ? "No query is slower than what is to beat." : $"Slower than what is to beat: {string.Join(", ", behind)}.")}");
        Line("");
    }

    private void WriteColumns()
    {
        if (result.Storage.Columns.Count == 0)
        {
            return;
        }

        Line($"Columns take {result.Storage.ValueBytes / 1e6:N1} MB, indexes {result.Storage.IndexBytes / 1e6:N1} MB:");
        Line("");
        Line($"| column | blocks by encoding | MB | bytes a row | of plain | index, MB |");
        Line($"|---|---|---:|---:|---:|---:|");
        foreach (ColumnFigures column in result.Storage.Columns)
        {
            string share = column.PlainBytes > 0 ? $"{100.0 * column.SizeBytes / column.PlainBytes:0.0} %" : "";
            Line($"| {column.Name} | {column.Encodings} | {column.SizeBytes / 1e6:N2} | {(double)column.SizeBytes / result.Rows:0.00} | {share} | " +
                $"{column.IndexBytes / 1e6:N2} |");
        }
    }

    private string Growth(QueryFigures query)
    {
        QueryFigures? before = against!.Queries.FirstOrDefault(other => other.Name == query.Name);
        return before is null ? "" : $"{Number(query.ServerMs / Math.Max(0.1, before.ServerMs))}×";
    }

    private static string Days(BenchResult run) => run.Days == 1 ? "one day" : $"{run.Days} days";

    private static string Dashes(int count) => string.Concat(Enumerable.Repeat("---:|", count));

    private static string Optional(double? value) => value is null ? "?" : Number(value.Value);

    private static string Ms(double value) => value.ToString(value < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(value < 10 ? "0.0#" : value < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    private void Line(string line) => _text.Append(line).Append('\n');
}
