using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Tests.Ingest.Decoding;

public sealed class BatchBuilderTests
{
    [Fact]
    public void Build_Twice_StartsAnewWithTheSameFields()
    {
        var builder = new BatchBuilder(BatchText.Options);
        Field status = builder.Field("status"u8);
        Field level = builder.Field("severity"u8);
        builder.SetLong(status, 200);
        builder.SetString(level, "WARNING"u8);
        Assert.True(builder.TryEndRow(out _));
        builder.SetLong(status, 404);
        Batch first = builder.Build();
        Assert.Equal("level=warn level_text=WARNING status=200 timestamp=2026-11-21T00:00:00.0000000Z", BatchText.Row(first, 0));
        Assert.Equal(1, first.RowCount);

        builder.SetString(status, "ok"u8);
        Assert.True(builder.TryEndRow(out _));
        Batch second = builder.Build();
        Assert.Equal("(timestamp:datetime, status:string)", second.Schema.ToString());
        Assert.Equal(0, builder.Build().RowCount);
    }

    [Fact]
    public void AbandonRow_AnyRows_LeavesTheOthersAsIfItHadNotBeen()
    {
        var random = new Random(17);
        for (int round = 0; round < 200; round++)
        {
            var builder = new BatchBuilder(BatchText.Options);
            var clean = new BatchBuilder(BatchText.Options);
            for (int row = 0; row < 40; row++)
            {
                int seed = random.Next();
                Fill(builder, seed);
                if (random.Next(3) == 0)
                {
                    builder.AbandonRow();
                }
                else
                {
                    Fill(clean, seed);
                    Assert.True(builder.TryEndRow(out _));
                    Assert.True(clean.TryEndRow(out _));
                }
            }

            Assert.Equal(BatchText.Whole(clean.Build()), BatchText.Whole(builder.Build()));
        }
    }

    [Fact]
    public void SetString_ManyDistinctValues_BecomePlainAndStayTheSame()
    {
        var builder = new BatchBuilder(BatchText.Options);
        Field unique = builder.Field("id"u8);
        Field repeated = builder.Field("kind"u8);
        for (int row = 0; row < 5_000; row++)
        {
            builder.SetString(unique, Encoding.UTF8.GetBytes($"id-{row}"));
            builder.SetString(repeated, Encoding.UTF8.GetBytes($"kind-{row % 7}"));
            Assert.True(builder.TryEndRow(out _));
        }

        Batch batch = builder.Build();
        var ids = (StringVector)batch.Find("id")!;
        var kinds = (StringVector)batch.Find("kind")!;
        Assert.False(ids.IsDictionary);
        Assert.True(kinds.IsDictionary);
        Assert.Equal(8, kinds.Values.Count);
        for (int row = 0; row < 5_000; row++)
        {
            Assert.Equal((ids.GetString(row), kinds.GetString(row)), ($"id-{row}", $"kind-{row % 7}"));
        }
    }

    // One type a field, so that an abandoned row cannot have widened a column.
    private static void Fill(BatchBuilder builder, int seed)
    {
        var random = new Random(seed);
        for (int cell = 0; cell < 4; cell++)
        {
            string name = $"{"slrb"[random.Next(4)]}{random.Next(4)}";
            Field field = builder.Field(name);
            switch (name[0])
            {
                case 's':
                    builder.SetString(field, Encoding.UTF8.GetBytes(name + random.Next(3)));
                    break;
                case 'l':
                    builder.SetLong(field, random.Next());
                    break;
                case 'r':
                    builder.SetReal(field, random.NextDouble());
                    break;
                default:
                    builder.SetBool(field, random.Next(2) == 0);
                    break;
            }
        }
    }
}
