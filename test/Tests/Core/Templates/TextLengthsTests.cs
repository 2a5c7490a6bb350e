using Bongsu.Core.Templates;

namespace Bongsu.Tests.Core.Templates;

public sealed class TextLengthsTests
{
    [Theory]
    [InlineData(VariableKind.Integer, 0)]
    [InlineData(VariableKind.Decimal, 1)]
    [InlineData(VariableKind.Decimal, 9)]
    [InlineData(VariableKind.Ipv4, 0)]
    [InlineData(VariableKind.Hex, 7)]
    [InlineData(VariableKind.Padded, 12)]
    [InlineData(VariableKind.Time, 3)]
    public void Sum_EqualsTheTextsWrittenOut(VariableKind kind, int digits)
    {
        var random = new Random(11);
        byte[] text = new byte[VariableText.MaxNumberBytes];
        for (int round = 0; round < 300; round++)
        {
            long[] numbers = [.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => Number(kind, digits, random))];
            Assert.Equal(numbers.Sum(number => (long)VariableText.Format(kind, digits, number, text)), TextLengths.Sum(kind, digits, numbers));
        }
    }

    [Fact]
    public void Sum_TheLeastAndTheGreatestInteger() =>
        Assert.Equal(20 + 19, TextLengths.Sum(VariableKind.Integer, 0, [long.MinValue, long.MaxValue]));

    // As many of few digits as of many.
    private static long Number(VariableKind kind, int digits, Random random)
    {
        long number = random.NextInt64() >> random.Next(64);
        return kind switch
        {
            VariableKind.Ipv4 => number & uint.MaxValue,
            VariableKind.Time => number % TimeSpan.TicksPerDay,
            VariableKind.Padded => number % 1_000_000_000_000,
            VariableKind.Hex => number & ((1L << (4 * digits)) - 1),
            _ => random.Next(2) == 0 ? -number : number,
        };
    }
}
