using System.Buffers;
using System.Text;
using System.Text.Json;
using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Server.Http.Answers;
using Bongsu.Tests.Core.Encodings;

namespace Bongsu.Tests.Server.Http.Answers;

public sealed class RowTextTests
{
    [Fact]
    public void Add_AnyTypes_WritesWhatTheWriterOfJsonWrites()
    {
        var random = new Random(5);
        for (int round = 0; round < 60; round++)
        {
            int rowCount = random.Next(1, 40);
            ScalarType[] types = [.. Enumerable.Range(0, 4).Select(_ => RandomVectors.Types[random.Next(RandomVectors.Types.Length)])];
            AssertSame(types, Array.ConvertAll(types, type => Vector(random, type, rowCount)), rowCount);
        }
    }

    [Fact]
    public void Add_TimesAndTexts_WritesWhatTheWriterOfJsonWrites()
    {
        long[] ticks = [0, 1, 639291147600000000, 639291147600000001, 639291147612345670, DateTime.MaxValue.Ticks, TimeSpan.TicksPerDay - 1];
        string[] texts = ["", "plain", "with \"quotes\"", "a\\b", "tab\t", "결제", "\u0007"];
        var strings = new StringVectorBuilder();
        foreach (string text in texts)
        {
            strings.Append(text);
        }

        AssertSame(
            [ScalarType.DateTime, ScalarType.String],
            [new FixedVector<long>(ScalarType.DateTime, ticks, ticks.Length), strings.Build()],
            ticks.Length);
    }

    // Times that no calendar has are no rows of a table.
    private static Vector Vector(Random random, ScalarType type, int rowCount) => type == ScalarType.DateTime
        ? new FixedVector<long>(
            type, [.. Enumerable.Range(0, rowCount).Select(_ => random.NextInt64(DateTime.MaxValue.Ticks))], rowCount)
        : RandomVectors.Next(random, type, rowCount);

    private static void AssertSame(ScalarType[] types, Vector[] vectors, int rowCount)
    {
        var schema = new Schema(types.Select((type, column) => new Column("c" + column, type)));
        var batch = new Batch(schema, vectors, rowCount);
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, DynamicJson.WriterOptions);
        json.WriteStartArray();
        using var rows = new RowText();
        for (int row = 0; row < rowCount; row++)
        {
            json.WriteStartArray();
            for (int column = 0; column < vectors.Length; column++)
            {
                CellWriter.Write(batch[column], row, json);
            }

            json.WriteEndArray();
            rows.Add(batch, row);
        }

        json.WriteEndArray();
        json.Flush();
        Assert.Equal(Encoding.UTF8.GetString(output.WrittenSpan), "[" + Encoding.UTF8.GetString(rows.Written) + "]");
    }
}
