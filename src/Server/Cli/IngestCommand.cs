using System.CommandLine;
using Bongsu.Ingest.Files;
using Bongsu.Ingest.Files.Delivery;
using Bongsu.Ingest.Files.Times;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu ingest</c>: files into a table, once or for good.</summary>
internal static class IngestCommand
{
    private static readonly Argument<string[]> s_files = new("files")
    {
        Description = "Files, patterns such as '/var/log/app/*.log', or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> s_table = new("--table") { Description = "The table the rows go to", Required = true };
    private static readonly Option<string?> s_time = new("--time")
    {
        Description = "Field of JSON and logfmt lines that holds the time (default: the usual names)",
    };

    private static readonly Option<string?> s_timezone = new("--timezone")
    {
        Description = "Zone of times that name none: Asia/Seoul, +09:00, UTC (default: the machine's)",
    };

    private static readonly Option<bool> s_noJoin = new("--no-join") { Description = "One row a line: do not join stack traces and torn lines" };
    private static readonly Option<bool> s_follow = new("--follow")
    {
        Description = "Go on at the end: through rotation, and while the server is away",
    };

    private static readonly Option<string?> s_state = new("--state") { Description = "Folder for the checkpoint and buffer of --follow" };

    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var command = new Command(
            "ingest",
            """
            Send log files to a server: JSON lines, logfmt, access logs, syslog, plain text; gzip too. The format is found by looking.
            Repeating an import stores nothing twice.

            Examples:
              bongsu ingest /var/log/nginx/access.log --table web
              bongsu ingest app.log.1.gz app.log --table app --timezone Asia/Seoul
              bongsu ingest '/var/log/app/*.log' --table app --follow
              journalctl -o json | bongsu ingest - --table journal
            """)
        {
            s_files, s_table, s_time, s_timezone, s_noJoin, s_follow, s_state, ClientOptions.Server, ClientOptions.Key,
        };
        command.SetAction((parsed, cancellation) =>
            ClientOptions.RunAsync(parsed, client => RunAsync(client, parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(BongsuClient client, ParseResult parsed, CancellationToken cancellation)
    {
        string[] files = parsed.GetValue(s_files)!;
        string table = parsed.GetValue(s_table)!;
        bool isFollowing = parsed.GetValue(s_follow);
        Uri server = client.Http.BaseAddress!;
        var options = new FileIngestOptions
        {
            Paths = files,
            Table = table,
            OpenStandardInput = Console.OpenStandardInput,
            Follow = isFollowing,
            StateDirectory = parsed.GetValue(s_state)
                ?? (isFollowing ? FileIngestClient.DefaultStateDirectory(server, table, files) : null),
            Lines = new LineOptions
            {
                Zone = ZoneOf(parsed.GetValue(s_timezone)),
                Join = !parsed.GetValue(s_noJoin),
                TimeField = parsed.GetValue(s_time),
            },
        };
        using var progress = new ProgressLine(Console.Error, isShown: !Console.IsErrorRedirected);
        var importer = new FileIngestClient(options, client.Http, TimeProvider.System, progress.Show);
        try
        {
            IngestSummary summary = await importer.RunAsync(cancellation);
            progress.Dispose();
            await Console.Out.WriteLineAsync(
                $"{summary.Rows:N0} rows into {table}" + (summary.RejectedRows > 0 ? $", {summary.RejectedRows:N0} refused" : ""));
            return summary.RejectedRows > 0 ? ExitCodes.Failure : ExitCodes.Success;
        }
        catch (Exception error) when (error is InvalidDataException or IngestRefusedException or IngestAwayException or UnauthorizedAccessException)
        {
            throw new ServerErrorException(error.Message);
        }
    }

    private static TimeZoneInfo ZoneOf(string? text) =>
        text is null ? TimeZoneInfo.Local :
        ZoneName.TryFind(text, out TimeZoneInfo zone, out string? error) ? zone :
        throw new SettingsException($"--timezone {text}: {error}");
}
