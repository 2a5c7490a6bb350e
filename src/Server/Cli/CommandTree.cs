using System.CommandLine;

namespace Bongsu.Server.Cli;

/// <summary>The verbs of <c>bongsu</c>.</summary>
internal static class CommandTree
{
    /// <summary>Builds the whole tree.</summary>
    public static RootCommand Build() => new(
        """
        Bongsu: logs and metrics in, questions answered, alerts out; one program.

        Examples:
          bongsu demo                                        a lifelike company to look around in
          bongsu serve --data ./data --rules ./rules         your own server, on http://127.0.0.1:7600
          bongsu ingest /var/log/nginx/access.log --table web
          bongsu query 'web | where status >= 500 | summarize count() by path | top 10 by count_'
        """)
    {
        ServeCommand.Build(),
        DemoCommand.Build(),
        IngestCommand.Build(),
        QueryCommand.Build(),
        TailCommand.Build(),
        RulesCommand.Build(),
        TablesCommand.Build(),
        BackupCommands.BuildBackup(),
        BackupCommands.BuildRestore(),
        BackupCommands.BuildVerify(),
        KeysCommand.Build(),
        VersionCommand.Build(),
    };
}
