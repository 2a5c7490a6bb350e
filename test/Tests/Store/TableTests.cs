using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Tests.Store;

public sealed class TableTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Append_ThenReopen_EveryRowIsThereOnce(bool isFlushed, bool isMerged)
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(options => options with { MergeFanIn = 2 });
        for (int batch = 0; batch < 40; batch++)
        {
            await store.AppendAsync(StoreFixture.Rows(batch * 37, 37));
            if (isFlushed && batch % 7 == 6)
            {
                await store.Logs.FlushAsync();
            }
        }

        if (isMerged)
        {
            await store.Logs.MergeAsync();
            Assert.True(store.Logs.Statistics().PartCount < 3);
        }

        Assert.Equal(StoreFixture.Range(0, 40 * 37), store.Numbers());
        await store.ReopenAsync();
        Assert.Equal(StoreFixture.Range(0, 40 * 37), store.Numbers());
        await store.AppendAsync(StoreFixture.Rows(40 * 37, 1));
        await store.Logs.FlushAsync();
        await store.ReopenAsync();
        Assert.Equal(StoreFixture.Range(0, (40 * 37) + 1), store.Numbers());
        Assert.Equal(0, store.Logs.Statistics().HeadRows);
        Assert.Empty(store.Notices);
    }

    [Fact]
    public async Task Append_ManyAtOnce_AllAreStoredInOrder()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        var seen = new List<long>();
        store.Database.Committed += batch => seen.Add(batch.Sequence);
        Table logs = store.Logs;
        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => Task.Run(() => store.AppendAsync(StoreFixture.Rows(number, 1)))));
        Assert.Equal(StoreFixture.Range(0, 500), store.Numbers());
        Assert.Equal(StoreFixture.Range(1, 500), seen);
        Assert.Equal(500, store.Database.LastSequence);
    }

    [Fact]
    public async Task Append_SameKey_IsStoredOnceAlsoAfterReopenAndTrim()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        AppendResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.AppendAsync(StoreFixture.Rows(0, 10), key: "k"))));
        Assert.Equal(1, results.Count(result => !result.WasDuplicate));
        Assert.Single(results.Select(result => result.Sequence).Distinct());
        await store.ReopenAsync();
        Assert.True((await store.AppendAsync(StoreFixture.Rows(0, 10), key: "k")).WasDuplicate);
        await store.Logs.FlushAsync();
        await store.AppendAsync(StoreFixture.Rows(10, 1));
        await store.ReopenAsync();
        await store.AppendAsync(StoreFixture.Rows(11, 1));
        await store.Logs.FlushAsync();
        store.Database.MaintainOnce();
        Assert.True(store.Database.FirstLoggedSequence > 1);
        await store.ReopenAsync();
        Assert.True((await store.AppendAsync(StoreFixture.Rows(0, 10), key: "k")).WasDuplicate);
        Assert.Equal(StoreFixture.Range(0, 12), store.Numbers());
        store.Time.Advance(TimeSpan.FromHours(40));
        store.Database.MaintainOnce();
        Assert.False((await store.AppendAsync(StoreFixture.Rows(100, 1), key: "k")).WasDuplicate);
    }

    [Fact]
    public async Task Append_RowKeys_KnownRowsAreLeftOut()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await store.AppendAsync(StoreFixture.Rows(0, 3), rowKeys: StringVector.Of("a", "", "b"));
        await store.ReopenAsync();
        AppendResult result = await store.AppendAsync(StoreFixture.Rows(3, 4), rowKeys: StringVector.Of("c", "a", "c", ""));
        Assert.Equal([1, 2], result.DuplicateRows!.ToSelection());
        Assert.Equal([0, 1, 2, 3, 6], store.Numbers());
        AppendResult nothing = await store.AppendAsync(StoreFixture.Rows(9, 1), rowKeys: StringVector.Of("a"));
        Assert.Equal(1, nothing.DuplicateRows!.CountSet());
        Assert.Equal(5, store.Logs.Snapshot().RowCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_OtherTypes_WidensAndLosesNothing(bool isFlushed)
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await AppendValuesAsync(store, isFlushed, Scalar.Of(1), Scalar.Of(5_000_000_000L));
        Assert.Equal("(timestamp:datetime, v:long)", store.Logs.Schema.ToString());
        await AppendValuesAsync(store, isFlushed, Scalar.Of(0.5));
        Assert.Equal("(timestamp:datetime, v:real)", store.Logs.Schema.ToString());
        Assert.Equal([0.5, 1.0, 5e9], store.Column("v").Select(value => (double)value.Value!).Order());
        await AppendValuesAsync(store, isFlushed, Scalar.Of(long.MaxValue), Scalar.Of("text"), Scalar.Of(true));
        Assert.Equal("(timestamp:datetime, v:dynamic)", store.Logs.Schema.ToString());
        string[] texts = [.. store.Column("v").Select(value => Bongsu.Core.Text.ScalarText.FormatDynamic(new DynamicReader((byte[])value.Value!)))];
        Assert.Contains("9223372036854775807", texts);
        Assert.Contains("5000000000", texts);
        Assert.Contains("text", texts);
        await store.ReopenAsync();
        Assert.Equal("(timestamp:datetime, v:dynamic)", store.Logs.Schema.ToString());
        Assert.Equal(6, store.Column("v").Count(value => !value.IsNull));
    }

    [Fact]
    public async Task Append_LargeLongThenReal_BecomesDynamic()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await AppendValuesAsync(store, true, Scalar.Of((1L << 53) + 1));
        await store.ReopenAsync();
        await AppendValuesAsync(store, true, Scalar.Of(0.5));
        Assert.Equal(ScalarType.Dynamic, store.Logs.Schema[1].Type);
    }

    [Fact]
    public async Task Append_ThousandColumns_Works()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        for (int batch = 0; batch < 5; batch++)
        {
            await store.AppendAsync(StoreFixture.BatchOf(
            [
                ("timestamp", StoreFixture.Times(3)),
                .. Enumerable.Range(batch * 300, 300).Select(number => ($"attribute.{number}", Vector.Constant(Scalar.Of((long)number), 3))),
            ]));
            await store.Logs.FlushAsync();
        }

        await store.ReopenAsync();
        Assert.Equal(1501, store.Logs.Schema.Count);
        Assert.Equal(3, store.Column("attribute.777").Count(value => !value.IsNull));
        Assert.Equal(15, store.Column("attribute.777").Count);
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.AppendAsync(StoreFixture.BatchOf(
        [
            ("timestamp", StoreFixture.Times(1)),
            .. Enumerable.Range(0, 4000).Select(number => ($"other{number}", Vector.Constant(Scalar.Of(1L), 1))),
        ])));
        Assert.Equal("too_many_columns", refused.Code);
    }

    [Fact]
    public async Task Scan_TimeRangeAndFilters_ReadsFewBlocks()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await store.AppendAsync(StoreFixture.Rows(0, 3000));
        await store.AppendAsync(StoreFixture.BatchOf(
            ("timestamp", new FixedVector<long>(ScalarType.DateTime, [StoreFixture.Day + (3000 * TimeSpan.TicksPerSecond)], 1)),
            ("n", Vector.Constant(Scalar.Of(7777L), 1)),
            ("service", StringVector.Of("svc2")),
            ("message", StringVector.Of("request 77 with needle7f3a9c"))));
        await store.Logs.FlushAsync();
        var request = new ScanRequest
        {
            Columns = ["n"],
            FromTicks = StoreFixture.Day + (1000 * TimeSpan.TicksPerSecond),
            ToTicks = StoreFixture.Day + (1010 * TimeSpan.TicksPerSecond),
        };
        Assert.Equal(StoreFixture.Range(1000, 10), store.Column("n", request).Select(value => value.AsLong).Order());
        Assert.Equal(28, request.Statistics.BlocksSkippedByTime);
        Assert.Equal(3, request.Statistics.BlocksScanned);

        request = new ScanRequest { Columns = ["n"], Filters = [new ContainsFilter("message", "with needle7f")] };
        Assert.Equal([7777L], store.Column("n", request).Select(value => value.AsLong));
        Assert.True(request.Statistics.BlocksSkippedByFilter > 20, $"{request.Statistics.BlocksSkippedByFilter} blocks skipped");
        request = new ScanRequest { Columns = ["n"], Filters = [new ContainsFilter("message", "환불")] };
        Assert.Empty(store.Column("n", request));
        Assert.InRange(request.Statistics.BlocksSkippedByFilter, 28, 31); // a Bloom filter errs on the safe side
        Assert.Equal(3000, store.Numbers(new ContainsFilter("message", "결제")).Count);
    }

    [Fact]
    public async Task Scan_HiddenColumns_TellWhenAndFromWhere()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await store.AppendAsync(StoreFixture.Rows(0, 2));
        await store.AppendAsync(StoreFixture.Rows(2, 2));
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(2, store.Column(SystemColumns.IngestionTime).Select(value => value.AsLong).Distinct().Count());
            Assert.All(store.Column(SystemColumns.Source), value => Assert.Equal("test", value.AsString));
            Assert.Equal(-1, store.Logs.Schema.IndexOf(SystemColumns.Source));
            await store.Logs.FlushAsync();
        }
    }

    [Theory]
    [InlineData(9, 9, 8)] // an eighth of the most rows: all stay
    [InlineData(9, 2, 5)] // below it: pairs become one, which is below no more; the seventh has no other
    public async Task Merge_PartsOfAnEighthOfTheMostRows_StayAsTheyAre(int rowsOfLarge, int rowsOfSmall, int expectedParts)
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(options => options with { MergeFanIn = 2, MaxPartRows = 32 });
        int rows = 0;
        for (int part = 0; part < 8; part++)
        {
            int count = part == 0 ? rowsOfLarge : rowsOfSmall;
            await store.AppendAsync(StoreFixture.Rows(rows, count));
            await store.Logs.FlushAsync();
            rows += count;
        }

        await store.Logs.MergeAsync();
        Assert.Equal(expectedParts, store.Logs.Statistics().PartCount);
        Assert.Equal(StoreFixture.Range(0, rows), store.Numbers());
    }

    [Fact]
    public async Task Snapshot_WhileTableMovesOn_StaysTheSame()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(options => options with { MergeFanIn = 2 });
        for (int batch = 0; batch < 4; batch++)
        {
            await store.AppendAsync(StoreFixture.Rows(batch * 10, 10));
            await store.Logs.FlushAsync();
        }

        await store.AppendAsync(StoreFixture.Rows(40, 10));
        TableSnapshot snapshot = store.Logs.Snapshot();
        await store.Logs.FlushAsync();
        await store.Logs.MergeAsync();
        await store.Database.DropTableAsync("default", "logs");
        Assert.Equal(50, snapshot.Scan(new ScanRequest { Columns = ["n"] }).Sum(morsel => morsel.Read(CancellationToken.None)!.RowCount));
        Assert.Null(store.Database.FindTable("default", "logs"));
        await store.ReopenAsync();
        Assert.Equal(0, store.Logs.Snapshot().RowCount);
    }

    [Fact]
    public async Task Read_FlippedByte_SetsThePartAsideAndAnswersTheRest()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await store.AppendAsync(StoreFixture.Rows(0, 250));
        await store.Logs.FlushAsync();
        await store.AppendAsync(StoreFixture.Rows(1000, 250));
        await store.Logs.FlushAsync();
        string part = Directory.EnumerateFiles(store.Options.DataDirectory, "*.part", SearchOption.AllDirectories).Order().First();
        byte[] bytes = File.ReadAllBytes(part);
        for (int position = 16; position < bytes.Length / 3; position += 3)
        {
            bytes[position] ^= 0x40;
        }

        File.WriteAllBytes(part, bytes);
        Assert.Equal(StoreFixture.Range(1000, 250), store.Numbers());
        Assert.Contains("checksum 0x", store.Notices.Single().Message, StringComparison.Ordinal);
        Assert.Equal(1, store.Logs.Statistics().QuarantinedParts);
        await store.ReopenAsync();
        Assert.Equal(250, store.Logs.Snapshot().RowCount);
        Assert.True(File.Exists(part + ".damaged"));
    }

    [Fact]
    public async Task Open_DamagedFooter_SetsThePartAside()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await store.AppendAsync(StoreFixture.Rows(0, 10));
        await store.Logs.FlushAsync();
        await store.AppendAsync(StoreFixture.Rows(10, 10));
        await store.Database.DisposeAsync();
        string part = Directory.EnumerateFiles(store.Options.DataDirectory, "*.part", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(part, File.ReadAllBytes(part)[..^40]);
        await store.ReopenAsync();
        Assert.Equal(StoreFixture.Range(10, 10), store.Numbers());
        Assert.Single(store.Notices);
    }

    [Fact]
    public async Task Retention_ByAge_KeepsWhatArrivedLately()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(options => options with { RetentionAge = TimeSpan.FromDays(7) });
        await store.AppendAsync(StoreFixture.Rows(0, 10, StoreFixture.Day - TimeSpan.FromDays(30).Ticks));
        await store.AppendAsync(StoreFixture.Rows(10, 10));
        await store.Logs.FlushAsync();
        store.Database.MaintainOnce();
        Assert.Equal(20, store.Logs.Snapshot().RowCount);
        store.Time.Advance(TimeSpan.FromHours(25));
        store.Database.MaintainOnce();
        Assert.Equal(StoreFixture.Range(10, 10), store.Numbers());
        await store.ReopenAsync();
        Assert.Equal(StoreFixture.Range(10, 10), store.Numbers());
    }

    [Fact]
    public async Task Retention_BySize_DropsTheOldest()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        for (int day = 0; day < 6; day++)
        {
            await store.AppendAsync(StoreFixture.Rows(day * 86_400, 100));
            await store.Logs.FlushAsync();
        }

        long limitBytes = store.Logs.Statistics().SizeBytes / 2;
        await store.ReopenAsync(options => options with { RetentionBytes = limitBytes });
        store.Database.MaintainOnce();
        Assert.InRange(store.Logs.Statistics().SizeBytes, 1, limitBytes);
        Assert.Contains(5L * 86_400, store.Numbers());
        Assert.DoesNotContain(0, store.Numbers());
    }

    [Fact]
    public async Task Retention_ByTable_HoldsForThatTable()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(options => options with
        {
            RetentionAgeOf = (_, table) => table == "logs" ? TimeSpan.FromHours(1) : null,
        });
        Table other = store.Database.GetOrCreateTable("default", "other");
        await store.AppendAsync(StoreFixture.Rows(0, 10));
        await other.AppendAsync(StoreFixture.Rows(0, 10), AppendOptions.None, CancellationToken.None);
        await store.Logs.FlushAsync();
        await other.FlushAsync();
        store.Time.Advance(TimeSpan.FromHours(25));
        store.Database.MaintainOnce();
        Assert.Equal(0, store.Logs.Snapshot().RowCount);
        Assert.Equal(10, other.Snapshot().RowCount);
    }

    [Fact]
    public async Task Append_ManyDaysInOneBatch_OpensBoundedPartitions()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        long[] ticks = [.. Enumerable.Range(0, 500).Select(day => StoreFixture.Day - (day * TimeSpan.TicksPerDay))];
        await store.AppendAsync(StoreFixture.BatchOf(
            ("timestamp", new FixedVector<long>(ScalarType.DateTime, ticks, 500)),
            ("n", new FixedVector<long>(ScalarType.Long, [.. StoreFixture.Range(0, 500)], 500))));
        await store.Logs.FlushAsync();
        Assert.InRange(store.Logs.Statistics().PartCount, 2, 32);
        Assert.Equal(StoreFixture.Range(0, 500), store.Numbers());
    }

    [Fact]
    public async Task Append_OverTheBudget_IsBusyUntilCut()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(options => options with { HeadBudgetBytes = 10_000, BusyWait = TimeSpan.Zero });
        await store.AppendAsync(StoreFixture.Rows(0, 100));
        await Assert.ThrowsAsync<StoreBusyException>(async () =>
        {
            await store.AppendAsync(StoreFixture.Rows(100, 100));
            await store.AppendAsync(StoreFixture.Rows(200, 100));
        });
        await store.Logs.FlushAsync();
        await store.AppendAsync(StoreFixture.Rows(100, 100));
    }

    [Theory]
    [InlineData("../etc")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a\0b")]
    [InlineData("a..b")]
    public async Task GetOrCreateTable_BadName_IsRefused(string name)
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        Assert.Equal("invalid_name", Assert.Throws<StoreException>(() => store.Database.GetOrCreateTable("default", name)).Code);
        Assert.Equal("invalid_name", Assert.Throws<StoreException>(() => store.Database.GetOrCreateTable("../x", "logs")).Code);
    }

    [Fact]
    public async Task Open_SecondTime_IsRefused()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        StoreException refused = await Assert.ThrowsAsync<StoreException>(
            () => Database.OpenAsync(store.Options, TimeProvider.System, CancellationToken.None));
        Assert.Equal("locked", refused.Code);
    }

    [Fact]
    public async Task ReadLog_AfterSequence_GivesTheRestAndCheckpointKeepsIt()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        store.Database.SetStreamCheckpoint(3);
        for (int batch = 0; batch < 10; batch++)
        {
            await store.AppendAsync(StoreFixture.Rows(batch, 1));
            if (batch % 3 == 2)
            {
                await store.ReopenAsync();
            }
        }

        await store.Logs.FlushAsync();
        store.Database.MaintainOnce();
        var sequences = new List<long>();
        await foreach (CommittedBatch batch in store.Database.ReadLogAsync(3))
        {
            sequences.Add(batch.Sequence);
            Assert.Equal("test", batch.SourceId);
        }

        Assert.Equal(StoreFixture.Range(4, 7), sequences);
        Assert.Equal(3, store.Database.StreamCheckpoint);
    }

    [Fact]
    public async Task Background_LargeHead_IsCutAndMergedByItself()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(
            options => options with { Background = true, CutBytes = 20_000, MergeFanIn = 4, HeadBudgetBytes = 100_000 });
        for (int batch = 0; batch < 100; batch++)
        {
            await store.AppendAsync(StoreFixture.Rows(batch * 100, 100));
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (store.Logs.Statistics() is { HeadBytes: > 40_000 } or { PartCount: 0 })
        {
            await Task.Delay(20, deadline.Token);
        }

        Assert.Equal(StoreFixture.Range(0, 10_000), store.Numbers());
        await store.ReopenAsync();
        Assert.Equal(StoreFixture.Range(0, 10_000), store.Numbers());
        Assert.DoesNotContain(store.Notices, notice => notice.Level == StoreNoticeLevel.Error);
    }

    [Fact]
    public async Task Open_NewDirectory_IsForTheOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using StoreFixture store = await StoreFixture.OpenAsync();
        await store.AppendAsync(StoreFixture.Rows(0, 1));
        await store.Logs.FlushAsync();
        const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string path in Directory.EnumerateFileSystemEntries(store.Options.DataDirectory, "*", SearchOption.AllDirectories))
        {
            Assert.True((File.GetUnixFileMode(path) & Others) == 0, $"{path} has mode {File.GetUnixFileMode(path)}");
        }
    }

    private static async Task AppendValuesAsync(StoreFixture store, bool isFlushed, params Scalar[] values)
    {
        foreach (Scalar value in values)
        {
            await store.AppendAsync(StoreFixture.BatchOf(("timestamp", StoreFixture.Times(1)), ("v", Vector.Constant(value, 1))));
            if (isFlushed)
            {
                await store.Logs.FlushAsync();
            }
        }
    }

    [Fact]
    public async Task ColumnStatistics_AfterFlush_AddUpToTheParts()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await store.AppendAsync(StoreFixture.Rows(0, 250));
        Assert.All(store.Logs.ColumnStatistics(), column => Assert.Equal(0, column.PlainBytes));
        await store.Logs.FlushAsync();
        IReadOnlyList<ColumnStatistics> columns = store.Logs.ColumnStatistics();
        Assert.Equal(["timestamp", "n", "service", "message", "$ingestion_time", "$source"], columns.Select(column => column.Column.Name));
        long footerBytes = store.Logs.Statistics().SizeBytes - columns.Sum(column => column.SizeBytes + column.IndexBytes);
        Assert.InRange(footerBytes, 50, 2000);
        Assert.Equal(250 * sizeof(long), columns[1].PlainBytes);
        Assert.Equal(250 * 4, columns[2].PlainBytes);
        Assert.Equal("dictionary", columns[2].Blocks[0].Key);
        Assert.True(columns[3].IndexBytes > 0);
    }
}
