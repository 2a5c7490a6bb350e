using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Tests.Store;

/// <summary>Messages as templates, from the log through parts and merges, with variables that repeat other
/// columns.</summary>
public sealed class TemplatedMessageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_ComeBack_FromLogPartsAndMerges(bool widens)
    {
        await using StoreFixture store = await StoreFixture.OpenAsync(options => options with { MergeFanIn = 2 });
        var expected = new List<string>();
        for (int batch = 0; batch < 24; batch++)
        {
            await store.AppendAsync(Rows(batch, asReal: widens && batch % 5 == 4, expected));
            if (batch % 6 == 5)
            {
                Assert.Equal(expected.Order(StringComparer.Ordinal), Messages(store));
                await store.ReopenAsync();
                Assert.Equal(expected.Order(StringComparer.Ordinal), Messages(store));
                await store.Logs.FlushAsync();
            }
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), Messages(store));
        await store.Logs.MergeAsync();
        Assert.Equal(1, store.Logs.Statistics().PartCount);
        await store.ReopenAsync();
        Assert.Equal(expected.Order(StringComparer.Ordinal), Messages(store));
        foreach (Morsel morsel in store.Logs.Snapshot().Scan(new ScanRequest { Columns = ["message"] }))
        {
            TemplateText? templates = ((StringVector)morsel.Read(CancellationToken.None)![0]).Templates;
            Assert.NotNull(templates);
            Assert.InRange(templates.TemplateCount, 1, 3);
        }

        AssertFewRows(store, ["message"]);
        AssertFewRows(store, ["message", "user", "service"]);
        AssertFewRows(store, ["user", "message"]);

        ColumnStatistics message = store.Logs.ColumnStatistics().Single(column => column.Column.Name == "message");
        Assert.Equal("template", message.Blocks.Single().Key, ignoreCase: true);
        Assert.Equal(expected.Sum(Encoding.UTF8.GetByteCount), message.PlainBytes);
        Assert.Empty(store.Notices);
    }

    // Few rows are found without reading the others.
    private static void AssertFewRows(StoreFixture store, string[] columns)
    {
        var random = new Random(5);
        foreach (Morsel morsel in store.Logs.Snapshot().Scan(new ScanRequest { Columns = columns }))
        {
            Batch all = morsel.Read(CancellationToken.None)!;
            for (int round = 0; round < 20; round++)
            {
                int[] rows = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(all.RowCount)).Order()];
                Batch few = morsel.ReadRows(rows, CancellationToken.None)!;
                for (int column = 0; column < columns.Length; column++)
                {
                    Assert.Equal(rows.Select(row => all[column].GetScalar(row)), Enumerable.Range(0, rows.Length).Select(few[column].GetScalar));
                }
            }
        }
    }

    private static List<string> Messages(StoreFixture store) =>
        [.. store.Column("message").Select(value => value.AsString).Order(StringComparer.Ordinal)];

    private static Batch Rows(int batch, bool asReal, List<string> expected)
    {
        var random = new Random(batch);
        int count = random.Next(1, 120);
        long[] ticks = [.. Enumerable.Range(0, count).Select(_ => StoreFixture.Day + random.NextInt64(TimeSpan.TicksPerHour))];
        long[] users = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(1 << 20))];
        int[] codes = [.. Enumerable.Range(0, count).Select(_ => random.Next(2))];
        long[][] byTemplate = [.. Enumerable.Range(0, 2).Select(code => users.Where((_, row) => codes[row] == code).ToArray())];
        var text = new TemplateText(
            [Template.Parse("사용자 <*> 로그인"u8), Template.Parse("user=<*> id=<*>"u8)], codes, count,
            [
                [VariableColumn.OfNumbers(VariableKind.Integer, 0, byTemplate[0], byTemplate[0].Length)],
                [
                    VariableColumn.OfNumbers(VariableKind.Integer, 0, byTemplate[1], byTemplate[1].Length),
                    VariableColumn.OfTexts(StringVector.Of(Array.ConvertAll(byTemplate[1], user => $"x{user % 7}"))),
                ],
            ]);
        expected.AddRange(users.Select((user, row) => codes[row] == 0 ? $"사용자 {user} 로그인" : $"user={user} id=x{user % 7}"));
        Assert.Equal(expected[^1], Encoding.UTF8.GetString(text.Render()[count - 1]));
        Vector user = asReal
            ? new FixedVector<double>(ScalarType.Real, Array.ConvertAll(users, value => (double)value), count)
            : new FixedVector<long>(ScalarType.Long, users, count);
        return StoreFixture.BatchOf(
            ("timestamp", new FixedVector<long>(ScalarType.DateTime, ticks, count)),
            ("user", user),
            ("service", StringVector.Constant("pay"u8, count)),
            ("message", new StringVector(text)));
    }
}
