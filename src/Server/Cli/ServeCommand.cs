using System.CommandLine;
using Bongsu.Server.Configuration;
using Bongsu.Server.Hosting;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu serve</c>: the server.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> s_config = new("--config") { Description = "Settings file (default ./bongsu.yaml, if there is one)" };

    // Name, what it is, default. Read as flag, then BONGSU_* variable, then settings file.
    private static readonly Option<string?>[] s_options =
    [
        Text("data", "Data directory (default ./data)"),
        Text("http", "Address to listen on (default 127.0.0.1:7600); port 0 lets the system choose"),
        Text("syslog", "Address for syslog over UDP and TCP, for instance 127.0.0.1:5514 (default off)"),
        Text("rules", "Folder of alert rules (YAML), reloaded when it changes; by default rules in the data folder"),
        Text("storm-rules", "So many rules that fire within a minute are told as one alert (default 5; 0 = never)"),
        Text("pipelines", "Folder of pipelines (YAML), one per table, reloaded when it changes"),
        Text("tls-cert", "PEM certificate chain; with --tls-key the server speaks HTTPS"),
        Text("tls-key", "PEM private key"),
        Text("allowed-hosts", "Host names clients may use, beside this machine's (comma-separated)"),
        Text("max-body", "Largest request body (default 64MiB)"),
        Text("max-inflated", "Largest request body once decompressed (default 256MiB)"),
        Text("ingest-memory", "Memory of requests while they come in, three bytes for each of theirs; more are answered 429 (default 256MiB)"),
        Text("head-memory", "Memory of rows on their way to parts; requests wait for it, and are answered 429 (default 96MiB)"),
        Text("query-memory", "Memory of one query (default 1GiB)"),
        Text("query-timeout", "Longest time of one query (default 60s)"),
        Text("max-queries", "Queries that run at once (default 32)"),
        Text("cut-size", "Cut rows in memory into a part at this size (default 48MiB)"),
        Text("cut-age", "Cut rows in memory into a part at this age (default 5m)"),
        Text("retention-age", "Drop parts older than this, for instance 90d (default never)"),
        Text("retention-size", "Drop the oldest parts past this size, for instance 200GB (default 80 % of the disk)"),
    ];

    /// <summary>Builds the verb.</summary>
    public static Command Build()
    {
        var command = new Command(
            "serve",
            """
            Run the server. Flags win over BONGSU_* variables, these over bongsu.yaml.

            Examples:
              bongsu serve
              bongsu serve --data /var/lib/bongsu --rules /etc/bongsu/rules --syslog 127.0.0.1:5514
              bongsu keys create && bongsu serve --http 0.0.0.0:7600 --tls-cert cert.pem --tls-key key.pem
            """)
        {
            s_config,
        };
        foreach (Option<string?> option in s_options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await BongsuHost.RunAsync(ReadOptions(parsed), cancellation);
            }
            catch (SettingsException error)
            {
                await Console.Error.WriteLineAsync($"bongsu: {error.Message}");
                return ExitCodes.Usage;
            }
        });
        return command;
    }

    private static Option<string?> Text(string name, string description) => new("--" + name) { Description = description };

    private static ServerOptions ReadOptions(ParseResult parsed)
    {
        string? config = parsed.GetValue(s_config) ?? Environment.GetEnvironmentVariable("BONGSU_CONFIG");
        Settings settings = Settings.Load(config ?? "bongsu.yaml", config is not null, Environment.GetEnvironmentVariable);
        string[] unknown = [.. settings.UnknownNames(s_options.Select(option => option.Name[2..]).ToHashSet())];
        if (unknown.Length > 0)
        {
            throw new SettingsException($"{config ?? "bongsu.yaml"}: unknown setting '{unknown[0]}'");
        }

        string? Find(string name) => parsed.GetValue(s_options.First(option => option.Name == "--" + name)) ?? settings.Find(name);
        string dataDirectory = Path.GetFullPath(Find("data") ?? "./data");
        return new ServerOptions
        {
            DataDirectory = dataDirectory,
            Http = Address(Find("http") ?? "127.0.0.1:7600", "http"),
            Syslog = Find("syslog") is { } syslog ? Address(syslog, "syslog") : null,
            RulesDirectory = ExistingDirectory(Find("rules"), "rules") ?? Path.Combine(dataDirectory, "rules"),
            StormRules = Find("storm-rules") is { } storm ? StormRules(storm) : null,
            PipelinesDirectory = ExistingDirectory(Find("pipelines"), "pipelines"),
            TlsCertificateFile = Find("tls-cert"),
            TlsKeyFile = Find("tls-key"),
            AllowedHosts = Find("allowed-hosts")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            MaxBodyBytes = Size(Find("max-body") ?? "64MiB", "max-body"),
            MaxInflatedBytes = Size(Find("max-inflated") ?? "256MiB", "max-inflated"),
            IngestMemoryBytes = Size(Find("ingest-memory") ?? "256MiB", "ingest-memory"),
            HeadMemoryBytes = Find("head-memory") is { } headMemory ? Size(headMemory, "head-memory") : null,
            QueryMemoryBytes = Size(Find("query-memory") ?? "1GiB", "query-memory"),
            QueryTimeout = Duration(Find("query-timeout") ?? "60s", "query-timeout"),
            MaxConcurrentQueries = Count(Find("max-queries") ?? "32", "max-queries"),
            CutBytes = Find("cut-size") is { } cutSize ? Size(cutSize, "cut-size") : null,
            CutAge = Find("cut-age") is { } cutAge ? Duration(cutAge, "cut-age") : null,
            RetentionAge = Find("retention-age") is { } age ? Duration(age, "retention-age") : null,
            RetentionBytes = Find("retention-size") is { } size ? Size(size, "retention-size") : null,
        };
    }

    private static ListenAddress Address(string text, string name) => ListenAddress.TryParse(text, out ListenAddress address)
        ? address
        : throw new SettingsException($"--{name} {text}: expected an IP address and a port, such as 127.0.0.1:7600");

    private static long Size(string text, string name) => ByteSize.TryParse(text, out long sizeBytes) && sizeBytes > 0
        ? sizeBytes
        : throw new SettingsException($"--{name} {text}: expected a size such as 64MiB");

    private static TimeSpan Duration(string text, string name) =>
        TimeArgument.TryParseDuration(text, out TimeSpan duration) && duration > TimeSpan.Zero
        ? duration
        : throw new SettingsException($"--{name} {text}: expected a time such as 60s or 90d");

    private static int Count(string text, string name) => int.TryParse(text, out int count) && count > 0
        ? count
        : throw new SettingsException($"--{name} {text}: expected a number above 0");

    private static int StormRules(string text) => int.TryParse(text, out int count) && count is 0 or > 1
        ? count
        : throw new SettingsException($"--storm-rules {text}: expected 0 or a number above 1");

    private static string? ExistingDirectory(string? path, string name) => path is null || Directory.Exists(path)
        ? path
        : throw new SettingsException($"--{name} {path}: no such folder");
}
