using System.Text;
using Bongsu.Store;
using Bongsu.Store.Backups;

namespace Bongsu.Tests.Store;

public sealed class BackupTests
{
    [Fact]
    public async Task Backup_RestoredAndVerified_EqualsTheSource()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        string backup = store.Options.DataDirectory + "-backup";
        string restored = store.Options.DataDirectory + "-restored";
        try
        {
            await store.AppendAsync(StoreFixture.Rows(0, 250), key: "k");
            await store.Logs.FlushAsync();
            await store.AppendAsync(StoreFixture.Rows(250, 50));
            store.Database.Documents("default").Put("saved", "문서/1", Encoding.UTF8.GetBytes("{}"));
            BackupReport report = await store.Database.BackupAsync(backup);
            Assert.Equal([new BackupTable("default", "logs", 300)], report.Tables);
            Assert.Equal(300, (await Database.VerifyAsync(backup, restored)).Tables[0].RowCount);
            Assert.False(Directory.Exists(restored));
            await Database.RestoreAsync(backup, restored);
            await store.AppendAsync(StoreFixture.Rows(300, 1));
            await using Database copy = await Database.OpenAsync(
                store.Options with { DataDirectory = restored }, store.Time, CancellationToken.None);
            Assert.Equal(300, copy.FindTable("default", "logs")!.Snapshot().RowCount);
            Assert.Equal("{}", Encoding.UTF8.GetString(copy.Documents("default").Get("saved", "문서/1")!));
            Assert.True((await copy.GetOrCreateTable("default", "logs").AppendAsync(
                StoreFixture.Rows(0, 1), new AppendOptions { IdempotencyKey = "k" }, CancellationToken.None)).WasDuplicate);
            AppendResult next = await copy.GetOrCreateTable("default", "logs").AppendAsync(
                StoreFixture.Rows(0, 1), AppendOptions.None, CancellationToken.None);
            Assert.Equal(3, next.Sequence);
        }
        finally
        {
            Directory.Delete(backup, recursive: true);
            Directory.Delete(restored, recursive: true);
        }
    }

    [Fact]
    public async Task Verify_DamagedBackup_SaysWhere()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        string backup = store.Options.DataDirectory + "-backup";
        try
        {
            await store.AppendAsync(StoreFixture.Rows(0, 250));
            await store.Database.BackupAsync(backup);
            string part = Directory.EnumerateFiles(backup, "*.part", SearchOption.AllDirectories).Single();
            byte[] bytes = File.ReadAllBytes(part);
            bytes[40] ^= 1;
            File.WriteAllBytes(part, bytes);
            StoreException damaged = await Assert.ThrowsAsync<StoreException>(() => Database.VerifyAsync(backup, backup + "-scratch"));
            Assert.Contains("checksum", damaged.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(backup, recursive: true);
        }
    }

    [Fact]
    public async Task Documents_PutDeleteReopen_AreDurable()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        for (int number = 0; number < 5; number++)
        {
            store.Database.Documents("default").Put("rules", $"id{number}", Encoding.UTF8.GetBytes($"{number}"));
        }

        Assert.True(store.Database.Documents("default").Delete("rules", "id3"));
        Assert.False(store.Database.Documents("default").Delete("rules", "id3"));
        await store.ReopenAsync();
        Assert.Equal(["id0", "id1", "id2", "id4"], store.Database.Documents("default").List("rules").Select(entry => entry.Key));
        Assert.Throws<StoreException>(() => store.Database.Documents("default").Get("../x", "id"));
    }
}
