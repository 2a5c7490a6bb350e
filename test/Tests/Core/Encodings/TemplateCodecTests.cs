using System.Text;
using Bongsu.Core.Compression;
using Bongsu.Core.Encodings;
using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Tests.Core.Templates;

namespace Bongsu.Tests.Core.Encodings;

/// <summary>Templated text as bytes, with and without references to other columns.</summary>
public sealed class TemplateCodecTests
{
    [Theory]
    [InlineData(EncodingEffort.Log)]
    [InlineData(EncodingEffort.Part)]
    public void Decode_GivesEveryByte(EncodingEffort effort)
    {
        var random = new Random(21);
        for (int round = 0; round < 40; round++)
        {
            (TemplateText text, string[] expected) = TemplateTexts.Make(random, random.Next(1, 3000));
            var writer = new ByteWriter();
            Assert.Equal(BlockEncoding.Template, VectorEncoder.Encode(new StringVector(text), effort, writer));
            AssertRows(expected, VectorDecoder.Decode(writer.Written, ScalarType.String, expected.Length));
            AssertFewRows(random, expected, VectorDecoder.Decode(writer.Written, ScalarType.String, expected.Length));
        }
    }

    [Fact]
    public void Variables_ThatRepeatAnotherColumn_ReferToIt()
    {
        var random = new Random(22);
        const int Rows = 4000;
        long[] users = [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt64(1 << 30))];
        double[] durations = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(100_000_000) / 100.0)];
        string[] addresses = [.. Enumerable.Range(0, Rows).Select(_ => $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}")];
        string[] names = [.. Enumerable.Range(0, Rows).Select(row => $"이름-{random.Next()}")];
        SiblingColumn[] siblings =
        [
            new("user", new FixedVector<long>(ScalarType.Long, users, Rows)),
            new("took", new FixedVector<double>(ScalarType.Real, durations, Rows)),
            new("ip", StringVector.Of(addresses)),
            new("name", StringVector.Of(names)),
        ];
        long[] slotUsers = [.. users];
        string[] slotNames = [.. names];
        for (int exception = 0; exception < 50; exception++)
        {
            slotUsers[random.Next(Rows)] = random.NextInt64();
            slotNames[random.Next(Rows)] = "other";
        }

        var text = new TemplateText(
            [Template.Parse("<*> took <*>ms from <*> as <*>"u8)], new int[Rows], Rows,
            [[
                VariableColumn.OfNumbers(VariableKind.Integer, 0, slotUsers, Rows),
                VariableColumn.OfNumbers(VariableKind.Decimal, 2, [.. durations.Select(value => (long)Math.Round(value * 100))], Rows),
                VariableColumn.OfNumbers(VariableKind.Ipv4, 0, [.. addresses.Select(Address)], Rows),
                VariableColumn.OfTexts(StringVector.Of(slotNames)),
            ]]);
        string[] expected = [.. Enumerable.Range(0, Rows).Select(new StringVector(text).GetString)];
        Vector Sibling(string name, int[]? rows)
        {
            Vector whole = siblings.Single(sibling => sibling.Name == name).Vector;
            return rows is null ? whole : whole.Gather(rows);
        }

        var apart = new ByteWriter();
        var referring = new ByteWriter();
        VectorEncoder.Encode(new StringVector(text), EncodingEffort.Part, apart);
        VectorEncoder.Encode(new StringVector(text), EncodingEffort.Part, referring, siblings);
        Assert.True(referring.Length * 20 < apart.Length, $"{referring.Length} bytes by reference, {apart.Length} without");
        AssertRows(expected, VectorDecoder.Decode(apart.Written, ScalarType.String, Rows));
        AssertRows(expected, VectorDecoder.Decode(referring.Written, ScalarType.String, Rows, Sibling));
        for (int round = 0; round < 20; round++)
        {
            AssertFewRows(random, expected, VectorDecoder.Decode(referring.Written, ScalarType.String, Rows, Sibling));
        }

        Vector orphan = VectorDecoder.Decode(referring.Written, ScalarType.String, Rows);
        Assert.Contains("\"user\"", Assert.Throws<CorruptDataException>(() => ((StringVector)orphan).Values).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FewRows_ReadOnlyTheSectionsOfTheirSlots()
    {
        var random = new Random(24);
        const int Rows = 20_000;
        int[] codes = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(5) / 2)];
        VariableColumn[][] slots = [.. Enumerable.Range(0, 3).Select(template => (VariableColumn[])
            [RandomNumbers(random, codes.Count(code => code == template), 1 << 20), RandomNumbers(random, codes.Count(code => code == template), 9)])];
        Template[] templates = [Template.Parse("a <*> b <*>"u8), Template.Parse("c <*> d <*>"u8), Template.Parse("e <*> f <*>"u8)];
        var text = new TemplateText(templates, codes, Rows, slots);
        var writer = new ByteWriter();
        VectorEncoder.Encode(new StringVector(text), EncodingEffort.Part, writer);
        byte[] bytes = writer.Written.ToArray();
        int directoryStart = (int)VectorDecoder.DirectoryStart(bytes);
        int slotBytes = directoryStart - VectorDecoder.TemplateHeadBytes;
        TemplateDirectory directory = VectorDecoder.ReadDirectory(bytes.AsSpan(directoryStart), Rows, slotBytes);
        Assert.InRange(directory.SectionEnds.Length, 3, 6);
        Assert.Equal(slotBytes, directory.SectionEnds[^1]);
        int readBytes = 0;
        var source = new SlotBytes((start, length, checksum) =>
        {
            byte[] section = bytes.AsSpan(VectorDecoder.TemplateHeadBytes + start, length!.Value).ToArray();
            Assert.Equal(checksum, Crc32C.Compute(section));
            readBytes += section.Length;
            return section;
        });
        TemplateText read = VectorDecoder.DecodeTemplates(bytes.AsSpan(directoryStart), directory, Rows, source, (_, _) => null, null);
        int[] rows = [.. Enumerable.Range(0, Rows).Where(row => codes[row] == 2).Take(9)];
        AssertRows([.. rows.Select(new StringVector(text).GetString)], new StringVector(read).Gather(rows));
        Assert.InRange(readBytes, 1, slotBytes / 3);
        AssertRows([.. Enumerable.Range(0, Rows).Select(new StringVector(text).GetString)], new StringVector(read));
        Assert.Equal(slotBytes, readBytes);
    }

    private static VariableColumn RandomNumbers(Random random, int count, int end) =>
        VariableColumn.OfNumbers(VariableKind.Integer, 0, [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(end))], count);

    // Of rows that were not decoded before.
    private static void AssertFewRows(Random random, string[] expected, Vector actual)
    {
        int[] rows = [.. Enumerable.Range(0, expected.Length / 20).Select(_ => random.Next(expected.Length))];
        if (random.Next(2) == 0)
        {
            Array.Sort(rows); // as scans ask
        }

        AssertRows([.. rows.Select(row => expected[row])], actual.Gather(rows));
    }

    [Fact]
    public void Damage_IsNeverMoreThanAnError()
    {
        var random = new Random(23);
        (TemplateText text, _) = TemplateTexts.Make(random, 300);
        var writer = new ByteWriter();
        VectorEncoder.Encode(new StringVector(text), EncodingEffort.Part, writer);
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = writer.Written.ToArray();
            for (int flip = random.Next(1, 4); flip > 0; flip--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                var vector = (StringVector)VectorDecoder.Decode(bytes.AsSpan(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length)), ScalarType.String, 300);
                Assert.Equal(3, ((StringVector)vector.Gather([random.Next(300), 0, 299])).Values.Count);
                Assert.Equal(300, vector.Values.Count);
            }
            catch (CorruptDataException)
            {
                // What damage must come to.
            }
        }
    }

    private static long Address(string text) => VariableText.TryParse(VariableKind.Ipv4, 0, Encoding.ASCII.GetBytes(text), out long number) ? number : 0;

    private static void AssertRows(string[] expected, Vector actual) =>
        Assert.Equal(expected, Enumerable.Range(0, actual.Length).Select(((StringVector)actual).GetString));
}
