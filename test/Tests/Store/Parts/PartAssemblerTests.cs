using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Tests.Store.Parts;

/// <summary>Columns that share a dictionary in a part, and columns that follow from it.</summary>
public sealed class PartAssemblerTests
{
    private const int RowCount = 4000;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    [InlineData(3, 2)]
    [InlineData(4, 7)]
    public async Task CutAndMerge_TracesAndWhatFollowsFromThem_ComeBackExactly(int seed, int partCount)
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(options => options with { MergeFanIn = 3 });
        Row[] rows = MakeRows(seed);
        for (int part = 0; part < partCount; part++)
        {
            await store.AppendAsync(BatchOf(rows[(part * RowCount / partCount)..((part + 1) * RowCount / partCount)]));
            await store.Logs.FlushAsync();
        }

        AssertSame(rows, store);
        await store.Logs.MergeAsync();
        Assert.True(partCount < 3 || store.Logs.Statistics().PartCount < partCount);
        AssertSame(rows, store);
        await store.ReopenAsync();
        AssertSame(rows, store);
        IReadOnlyList<ColumnStatistics> columns = store.Logs.ColumnStatistics();
        Assert.All(["trace_id", "uuid"], name => Assert.Equal(["shared dictionary"], EncodingsOf(columns, name)));
        Assert.All(["user_id", "address", "path", "ratio", "flag"], name => Assert.Equal(["reference"], EncodingsOf(columns, name)));
        Assert.All(["n", "level"], name => Assert.DoesNotContain("reference", EncodingsOf(columns, name)));
        Assert.Empty(store.Notices);
    }

    [Fact]
    public async Task Cut_OfSeveralDays_GivesEachPartItsOwnDictionary()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        Row[] rows = MakeRows(7);
        await store.AppendAsync(BatchOf(rows, days: 3));
        await store.Logs.FlushAsync();
        Assert.Equal(3, store.Logs.Statistics().PartCount);
        AssertSame(rows, store);
        Assert.Equal(["shared dictionary"], EncodingsOf(store.Logs.ColumnStatistics(), "trace_id"));
    }

    [Fact]
    public async Task MayEqual_OfAnIdentifier_ReadsOnlyBlocksThatMayHaveIt()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        Row[] rows = MakeRows(5);
        await store.AppendAsync(BatchOf(rows));
        await store.Logs.FlushAsync();
        foreach (Row row in rows.Where((_, index) => index % 97 == 0 && rows[index].Trace.Length > 0))
        {
            List<long> expected = [.. rows.Where(other => other.Trace == row.Trace).Select(other => other.Number).Order()];
            var request = new ScanRequest { Columns = ["n"], Filters = [new EqualFilter("trace_id", row.Trace)] };
            Assert.Equal(expected, store.Column("n", request).Select(value => value.AsLong).Order());
            Assert.InRange(request.Statistics.BlocksScanned, 1, 9);
        }

        Row known = rows[500];
        (string, bool)[] questions = [(known.Trace.ToUpperInvariant(), true), (known.Trace[3..20], true), (known.Trace + "0", false)];
        foreach ((string asked, bool isThere) in questions)
        {
            var request = new ScanRequest { Columns = ["trace_id"], Filters = [new ContainsFilter("trace_id", asked)] };
            _ = store.Column("trace_id", request);
            Assert.Equal(isThere, request.Statistics.BlocksScanned > 0);
        }

        foreach (string absent in (string[])["0123456789abcdef0123456789abcdef", "short", "D4B8DF8A002A938A9CD5F83E75EA76B6"])
        {
            var request = new ScanRequest { Columns = ["n"], Filters = [new EqualFilter("trace_id", absent)] };
            Assert.Empty(store.Column("n", request));
            Assert.Equal(0, request.Statistics.BlocksScanned);
        }
    }

    [Fact]
    public async Task Read_OfAPartDamagedAnywhere_SetsItAside()
    {
        var random = new Random(8);
        await using StoreFixture store = await StoreFixture.OpenAsync();
        Row[] rows = MakeRows(6)[..900];
        await store.AppendAsync(BatchOf(rows));
        await store.Logs.FlushAsync();
        string path = Directory.EnumerateFiles(store.Options.DataDirectory, "*.part", SearchOption.AllDirectories).Single();
        byte[] whole = await File.ReadAllBytesAsync(path);
        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. whole];
            damaged[16 + random.Next(damaged.Length - 16)] ^= (byte)(1 << random.Next(8));
            await store.Database.DisposeAsync();
            foreach (string aside in Directory.EnumerateFiles(store.Options.DataDirectory, "*.damaged", SearchOption.AllDirectories))
            {
                File.Delete(aside);
            }

            await RestoreAsync(store, path, damaged);
            int count = Names.Sum(name => store.Column(name).Count);
            Assert.True(count < rows.Length * Names.Length || store.Logs.Statistics().QuarantinedParts == 0);
            await store.Database.DisposeAsync();
            await RestoreAsync(store, path, whole);
        }
    }

    private static string[] Names => ["n", "trace_id", "uuid", "user_id", "address", "path", "ratio", "flag", "level"];

    private static async Task RestoreAsync(StoreFixture store, string path, byte[] bytes)
    {
        await File.WriteAllBytesAsync(path, bytes);
        string manifest = Path.Combine(Path.GetDirectoryName(path)!, "manifest");
        s_manifests.TryAdd(manifest, await File.ReadAllBytesAsync(manifest));
        await File.WriteAllBytesAsync(manifest, s_manifests[manifest]);
        await store.ReopenAsync();
    }

    private static readonly Dictionary<string, byte[]> s_manifests = [];

    private static IEnumerable<string> EncodingsOf(IReadOnlyList<ColumnStatistics> columns, string name) =>
        columns.Single(column => column.Column.Name == name).Blocks.Select(entry => entry.Key);

    private static void AssertSame(Row[] rows, StoreFixture store)
    {
        List<Scalar>[] columns = [.. Names.Select(name => store.Column(name))];
        Assert.All(columns, column => Assert.Equal(rows.Length, column.Count));
        for (int index = 0; index < rows.Length; index++)
        {
            Row row = rows[columns[0][index].AsLong];
            Scalar[] expected =
            [
                Scalar.Of(row.Number), Scalar.Of(row.Trace), Scalar.Of(row.Uuid),
                row.User is { } user ? Scalar.Of(user) : Scalar.Null(ScalarType.Long), Scalar.Of(row.Address), Scalar.Of(row.Path),
                Scalar.Of(row.Ratio), Scalar.Of(row.Flag), Scalar.Of(row.Level),
            ];
            for (int column = 0; column < expected.Length; column++)
            {
                Assert.Equal(expected[column], columns[column][index]);
            }
        }
    }

    private static Row[] MakeRows(int seed)
    {
        var random = new Random(seed);
        var traces = Enumerable.Range(0, RowCount / 12).Select(number => new Row
        {
            Trace = number == 0 ? "" : $"{random.NextInt64():x16}{random.NextInt64():x16}",
            Uuid = new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString(),
            User = number % 11 == 0 ? null : random.Next(100_000, 200_000),
            Address = $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}",
            Path = $"/api/{random.Next(200)}",
            Ratio = number % 13 == 0 ? double.NaN : random.Next(100_000) / 100.0,
            Flag = random.Next(2) == 0,
        }).ToArray();
        return [.. Enumerable.Range(0, RowCount).Select(number =>
        {
            Row row = traces[Math.Min(traces.Length - 1, (number * traces.Length / RowCount) + random.Next(6))] with
            {
                Number = number,
                Level = random.Next(5) == 0 ? "error" : "info",
                Service = $"service{random.Next(3)}",
            };
            // Some rows do not follow, and some have no trace.
            return random.Next(60) switch
            {
                0 => row with { User = random.Next(100), Path = "/else" },
                1 => row with { Address = "", Ratio = -0.0 },
                2 => row with { Trace = "" },
                _ => row,
            };
        })];
    }

    private static Batch BatchOf(Row[] rows, int days = 1)
    {
        var users = new FixedVectorBuilder<long>(ScalarType.Long);
        foreach (Row row in rows)
        {
            if (row.User is { } user)
            {
                users.Append(user);
            }
            else
            {
                users.AppendNull();
            }
        }

        return StoreFixture.BatchOf(
            ("timestamp", new FixedVector<long>(
                ScalarType.DateTime, [.. rows.Select(row => TimeOf(row.Number, days))], rows.Length)),
            ("n", new FixedVector<long>(ScalarType.Long, [.. rows.Select(row => row.Number)], rows.Length)),
            ("trace_id", StringVector.Of([.. rows.Select(row => row.Trace)])),
            ("uuid", StringVector.Of([.. rows.Select(row => row.Uuid)])),
            ("user_id", users.Build()),
            ("address", StringVector.Of([.. rows.Select(row => row.Address)])),
            ("path", StringVector.Of([.. rows.Select(row => row.Path)])),
            ("ratio", new FixedVector<double>(ScalarType.Real, [.. rows.Select(row => row.Ratio)], rows.Length)),
            ("flag", new FixedVector<bool>(ScalarType.Bool, [.. rows.Select(row => row.Flag)], rows.Length)),
            ("level", StringVector.Of([.. rows.Select(row => row.Level)])),
            ("service", StringVector.Of([.. rows.Select(row => row.Service)])));
    }

    // Out of order by a little, and dealt to the days.
    private static long TimeOf(long number, int days) =>
        StoreFixture.Day + ((number + 20) * 1000) - (number % 7 * 3000) + (number % days * TimeSpan.TicksPerDay);

    private sealed record Row
    {
        public long Number { get; init; }

        public string Trace { get; init; } = "";

        public string Uuid { get; init; } = "";

        public long? User { get; init; }

        public string Address { get; init; } = "";

        public string Path { get; init; } = "";

        public double Ratio { get; init; }

        public bool Flag { get; init; }

        public string Level { get; init; } = "";

        public string Service { get; init; } = "";
    }

    private sealed class EqualFilter(string column, string text) : ScanFilter
    {
        private readonly byte[] _text = Encoding.UTF8.GetBytes(text);

        public override IReadOnlyList<string> Columns => [column];

        public override bool MayMatch(BlockSummary block) => block.Column(column).MayEqual(_text);

        public override void Apply(ReadOnlySpan<Vector> columns, Bitmap selection)
        {
            var strings = (StringVector)columns[0];
            for (int row = 0; row < strings.Length; row++)
            {
                if (!strings[row].SequenceEqual(_text))
                {
                    selection[row] = false;
                }
            }
        }
    }
}
