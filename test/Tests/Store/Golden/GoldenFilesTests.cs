using System.IO.Compression;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Store;
using Bongsu.Tests.Core.Encodings;
using Bongsu.Tests.House;

namespace Bongsu.Tests.Store.Golden;

/// <summary>Data directories written by earlier builds: they must open, and say what was stored in them.</summary>
/// <remarks>After a change of format, before the first release: BONGSU_WRITE_GOLDEN=1 writes the directory anew.</remarks>
public sealed class GoldenFilesTests
{
    private const int PartBatches = 6;
    private const int Batches = 7;

    private static readonly string s_folder = Path.Combine(RepositoryFiles.Root, "test", "Tests", "Store", "Golden");

    [Fact]
    public async Task EveryGoldenDirectory_Opens_AndGivesItsRows()
    {
        if (Environment.GetEnvironmentVariable("BONGSU_WRITE_GOLDEN") == "1")
        {
            await WriteAsync(Path.Combine(s_folder, "format-1.zip"));
        }

        string[] archives = Directory.GetFiles(s_folder, "*.zip");
        Assert.NotEmpty(archives);
        foreach (string archive in archives)
        {
            await using StoreFixture store = await StoreFixture.OpenAsync();
            await store.Database.DisposeAsync();
            Directory.Delete(store.Options.DataDirectory, recursive: true);
            ZipFile.ExtractToDirectory(archive, store.Options.DataDirectory);
            await store.ReopenAsync();
            Assert.Empty(store.Notices);
            AssertRows(store);
        }
    }

    // A golden directory is worth what it covers.
    [Fact]
    public async Task GoldenRows_TakeEveryEncoding()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(Small);
        await FillAsync(store);
        await store.Logs.MergeAsync();
        var used = store.Logs.ColumnStatistics().SelectMany(column => column.Blocks).Select(block => block.Key).ToHashSet(StringComparer.Ordinal);
        Assert.Equal("", string.Join(", ", Enum.GetValues<BlockEncoding>().Select(encoding => encoding.Name()).Except(used).Except(s_rare)));
    }

    // Chosen only where data is unlike that of logs, or for blocks that take no room.
    private static readonly string[] s_rare = ["all null"];

    private static StoreOptions Small(StoreOptions options) => options with { MergeFanIn = 2, BlockRows = 4500 };

    private static async Task FillAsync(StoreFixture store)
    {
        for (int batch = 0; batch < Batches; batch++)
        {
            await store.AppendAsync(GoldenRows.Batch(batch), key: $"golden-{batch}");
            if (batch + 1 is PartBatches / 2 or PartBatches)
            {
                await store.Logs.FlushAsync();
            }
        }
    }

    private static async Task WriteAsync(string archive)
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(Small);
        await FillAsync(store);
        await store.Logs.MergeAsync();
        await store.Database.DisposeAsync();
        File.Delete(archive);
        ZipFile.CreateFromDirectory(store.Options.DataDirectory, archive, CompressionLevel.SmallestSize, includeBaseDirectory: false);
    }

    private static void AssertRows(StoreFixture store)
    {
        List<Scalar> numbers = store.Column("n");
        Assert.Equal(StoreFixture.Range(0, Batches * GoldenRows.BatchRows), numbers.Select(number => number.AsLong).Order());
        foreach ((string name, ScalarType type, Func<long, Scalar> value) in GoldenRows.Columns)
        {
            List<Scalar> stored = store.Column(name);
            for (int row = 0; row < numbers.Count; row++)
            {
                Scalar expected = value(numbers[row].AsLong);
                RandomVectors.AssertEqual(
                    Bongsu.Core.Vectors.Vector.Constant(expected, 1), Bongsu.Core.Vectors.Vector.Constant(stored[row], 1));
            }
        }
    }
}
