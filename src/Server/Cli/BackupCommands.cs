using System.CommandLine;
using System.Text.Json;
using Bongsu.Store;
using Bongsu.Store.Backups;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu backup</c>, <c>restore</c> and <c>verify</c>.</summary>
internal static class BackupCommands
{
    /// <summary><c>bongsu backup DIR</c>: a consistent snapshot while the server runs on.</summary>
    public static Command BuildBackup()
    {
        var directory = new Argument<string>("directory") { Description = "A new folder on the server's machine" };
        var command = new Command(
            "backup",
            """
            Copy a consistent snapshot of everything into a new folder, while the server runs.
            Parts are hard-linked where the disk allows, so it is quick and takes little room.

            Example: bongsu backup /backup/2026-11-21 && bongsu verify /backup/2026-11-21
            """)
        {
            directory, ClientOptions.Server, ClientOptions.Key,
        };
        command.SetAction((parsed, cancellation) => ClientOptions.RunAsync(parsed, async client =>
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(
                new Http.BackupRequest(Path.GetFullPath(parsed.GetValue(directory)!)), Http.ApiJson.Default.BackupRequest);
            using HttpResponseMessage response = await client.PostAsync("/api/backup", body, "application/json", null, cancellation);
            using JsonDocument report = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            foreach (JsonElement table in report.RootElement.GetProperty("tables").EnumerateArray())
            {
                Console.Out.WriteLine($"{table.GetProperty("tenant")}/{table.GetProperty("table")}: {table.GetProperty("rows").GetInt64():N0} rows");
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary><c>bongsu restore BACKUP --data DIR</c>.</summary>
    public static Command BuildRestore()
    {
        var backup = new Argument<string>("backup") { Description = "A folder made by 'bongsu backup'" };
        var data = new Option<string>("--data") { Description = "The data directory to make; must be empty or missing", Required = true };
        var command = new Command(
            "restore", "Make a data directory of a backup. Example: bongsu restore /backup/2026-11-21 --data ./data")
        {
            backup, data,
        };
        command.SetAction((parsed, cancellation) => RunAsync(() =>
            Database.RestoreAsync(parsed.GetValue(backup)!, parsed.GetValue(data)!, cancellation)));
        return command;
    }

    /// <summary><c>bongsu verify BACKUP</c>.</summary>
    public static Command BuildVerify()
    {
        var backup = new Argument<string>("backup") { Description = "A folder made by 'bongsu backup'" };
        var scratch = new Option<string?>("--scratch") { Description = "Where to restore it for the check (default: the system's temporary folder)" };
        var command = new Command("verify", "Restore a backup into a scratch folder, read every byte, count the rows, and remove the scratch folder.")
        {
            backup, scratch,
        };
        command.SetAction((parsed, cancellation) => RunAsync(() =>
        {
            string folder = parsed.GetValue(scratch) ?? Path.Combine(Path.GetTempPath(), $"bongsu-verify-{Environment.ProcessId}");
            return Database.VerifyAsync(parsed.GetValue(backup)!, folder, cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(Func<Task<BackupReport>> work)
    {
        try
        {
            BackupReport report = await work();
            foreach (BackupTable table in report.Tables)
            {
                Console.Out.WriteLine($"{table.Tenant}/{table.Name}: {table.RowCount:N0} rows");
            }

            return ExitCodes.Success;
        }
        catch (Exception error) when (error is StoreException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"bongsu: {error.Message}");
            return ExitCodes.Failure;
        }
    }
}
