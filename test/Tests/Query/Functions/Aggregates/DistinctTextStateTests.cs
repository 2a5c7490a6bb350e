using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Tests.Query.Functions.Aggregates;

/// <summary>Identifiers counted by the codes of shared dictionaries are as many as their texts.</summary>
public sealed class DistinctTextStateTests
{
    [Theory]
    [InlineData(1, IdentifierForm.Hex, 16, 1)]
    [InlineData(2, IdentifierForm.Uuid, 16, 3)]
    [InlineData(3, IdentifierForm.Hex, 16, 4)]
    [InlineData(4, IdentifierForm.Hex, 8, 3)]
    [InlineData(5, IdentifierForm.Ipv4, 4, 2)]
    public void State_OfSharedAndPlainText_EqualsSetOfTexts(int seed, IdentifierForm form, int width, int dictionaryCount)
    {
        foreach (bool withPlain in (bool[])[false, true])
        {
            var random = new Random(seed);
            const int GroupCount = 3;
            var left = new DistinctTextState();
            var right = new DistinctTextState();
            var sketch = new SketchState(14);
            var plainSketch = new SketchState(14);
            var expected = new HashSet<string>[GroupCount];
            for (int group = 0; group < GroupCount; group++)
            {
                expected[group] = [];
            }

            for (int part = 0; part < dictionaryCount; part++)
            {
                SharedDictionary dictionary = Dictionary(random, form, width, hasEmpty: part != 1);
                for (int block = 0; block < 3; block++)
                {
                    int[] codes = [.. Enumerable.Range(0, 100).Select(_ => random.Next(dictionary.Count))];
                    int[] groups = [.. codes.Select(_ => block == 0 ? 1 : random.Next(GroupCount))];
                    Vector values = withPlain && block == 2
                        ? new StringVector(dictionary.Render(codes))
                        : new StringVector(dictionary, codes, codes.Length);
                    var text = (StringVector)values;
                    for (int row = 0; row < codes.Length; row++)
                    {
                        expected[groups[row]].Add(text.GetString(row));
                    }

                    AggregateState state = random.Next(2) == 0 ? left : right;
                    if (block == 0)
                    {
                        state.UpdateGroup([values], codes.Length, 1);
                    }
                    else
                    {
                        state.Update([values], groups);
                    }

                    sketch.EnsureGroups(GroupCount);
                    plainSketch.EnsureGroups(GroupCount);
                    sketch.Update([values], groups);
                    plainSketch.Update([new StringVector(dictionary.Render(codes))], groups);
                }
            }

            left.Merge(right, [0, 1, 2]);
            Assert.Equal(expected.Select(set => (long)set.Count), Counts(left, GroupCount));
            Assert.Equal(expected.Select(set => (long)set.Count), Counts(left, GroupCount));
            Assert.Equal(Counts(plainSketch, GroupCount), Counts(sketch, GroupCount));
        }
    }

    private static long[] Counts(AggregateState state, int groupCount) =>
        ((FixedVector<long>)state.Finish(groupCount)[0]).Values.ToArray();

    // Entries of few values, so that dictionaries overlap; distinct within one.
    private static SharedDictionary Dictionary(Random random, IdentifierForm form, int width, bool hasEmpty)
    {
        int[] values = [.. Enumerable.Range(0, 200).Where(_ => random.Next(2) == 0)];
        byte[] bytes = new byte[(values.Length + 1) * width];
        for (int entry = 0; entry < values.Length; entry++)
        {
            bytes[((entry + 1) * width) - 1] = (byte)values[entry];
            bytes[entry * width] = 9;
        }

        return new SharedDictionary(form, width, bytes, values.Length + (hasEmpty ? 1 : 0), hasEmpty ? values.Length : -1);
    }
}
