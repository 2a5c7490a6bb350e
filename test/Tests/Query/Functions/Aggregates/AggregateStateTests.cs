using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;

namespace Bongsu.Tests.Query.Functions.Aggregates;

/// <summary>
/// What every aggregate state owes: merging in any grouping and order, and coming back from bytes, change nothing.
/// </summary>
public sealed class AggregateStateTests
{
    private const int GroupCount = 4;

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string type in new[] { "int", "long", "real", "decimal", "datetime", "timespan", "string", "guid", "bool", "dynamic" })
        {
            foreach (string function in FunctionRegistry.AggregateNames)
            {
                if (TryBind(function, type) is not null)
                {
                    cases.Add(function, type);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void State_SplitAndMergedAnyWay_EqualsWhole(string function, string type)
    {
        AggregateKernel kernel = TryBind(function, type)!;
        for (int seed = 1; seed <= 3; seed++)
        {
            var random = new Random(seed);
            Vector[] arguments = kernel.ParameterTypes.Select(parameter => RandomVector(parameter, 60, random)).ToArray();
            int[] groups = Enumerable.Range(0, 60).Select(_ => random.Next(GroupCount - 1)).ToArray();

            AggregateState whole = Fill(kernel, arguments, groups, 0, 60);
            AggregateState left = Fill(kernel, arguments, groups, 0, 20);
            AggregateState middle = Fill(kernel, arguments, groups, 20, 27);
            AggregateState right = Fill(kernel, arguments, groups, 27, 60);

            // (left + middle) + right, and left + (middle + right) with both parts from bytes.
            AggregateState first = Merged(kernel, Merged(kernel, left, middle), right);
            AggregateState second = Merged(kernel, RoundTrip(kernel, left), RoundTrip(kernel, Merged(kernel, middle, right)));

            string expected = Text(whole);
            Assert.Equal(expected, Text(whole));
            Assert.Equal(expected, Text(first));
            Assert.Equal(expected, Text(second));
            Assert.True(whole.SizeBytes >= 0);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void UpdateGroup_AsUpdateWithOneGroup(string function, string type)
    {
        AggregateKernel kernel = TryBind(function, type)!;
        Vector[] arguments = kernel.ParameterTypes.Select(parameter => RandomVector(parameter, 40, new Random(5))).ToArray();
        Vector[] constants = kernel.ParameterTypes.Select(parameter => Vector.Constant(RandomScalar(parameter, new Random(6)), 3)).ToArray();
        int[] ones = Enumerable.Repeat(1, 40).ToArray();

        AggregateState byRow = Fill(kernel, arguments, ones, 0, 40);
        byRow.Update(constants, ones.AsSpan(0, 3));
        AggregateState byGroup = kernel.CreateState();
        byGroup.EnsureGroups(GroupCount);
        byGroup.UpdateGroup(arguments, 40, 1);
        byGroup.UpdateGroup(constants, 3, 1);
        Assert.Equal(Text(byRow), Text(byGroup));
    }

    private static AggregateKernel? TryBind(string function, string typeName)
    {
        Assert.True(ScalarTypes.TryParse(typeName, out ScalarType type));
        var x = new ScalarArgument(type, null, "x");
        var weight = new ScalarArgument(ScalarType.Long, null, "w");
        var predicate = new ScalarArgument(ScalarType.Bool, null, null);
        var half = new ScalarArgument(ScalarType.Long, Scalar.Of(50L), null);
        ScalarArgument[] arguments = function switch
        {
            "count" => [],
            "countif" => [predicate],
            "covariance" or "covariancep" => [x, x],
            "covarianceif" or "covariancepif" => [x, x, predicate],
            "percentile" or "percentiles" or "percentiles_array" => [x, half],
            "percentilew" or "percentilesw" or "percentilesw_array" => [x, weight, half],
            _ when function.EndsWith("if", StringComparison.Ordinal) => [x, predicate],
            _ => [x],
        };
        try
        {
            return FunctionRegistry.FindAggregate(function)!.Bind(arguments);
        }
        catch (FunctionException)
        {
            return null;
        }
    }

    private static AggregateState Fill(AggregateKernel kernel, Vector[] arguments, int[] groups, int start, int end)
    {
        AggregateState state = kernel.CreateState();
        state.EnsureGroups(GroupCount);
        int[] rows = Enumerable.Range(start, end - start).ToArray();
        state.Update(arguments.Select(argument => argument.Gather(rows)).ToArray(), groups.AsSpan(start, end - start));
        return state;
    }

    private static AggregateState Merged(AggregateKernel kernel, AggregateState left, AggregateState right)
    {
        AggregateState merged = kernel.CreateState();
        merged.EnsureGroups(GroupCount);
        int[] same = Enumerable.Range(0, GroupCount).ToArray();
        merged.Merge(left, same);
        merged.Merge(right, same);
        return merged;
    }

    private static AggregateState RoundTrip(AggregateKernel kernel, AggregateState state)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            state.Write(writer, GroupCount);
        }

        stream.Position = 0;
        AggregateState restored = kernel.CreateState();
        using var reader = new BinaryReader(stream);
        restored.Read(reader, GroupCount);
        Assert.Equal(stream.Length, stream.Position);
        return restored;
    }

    private static string Text(AggregateState state) => string.Join("\n", state.Finish(GroupCount).Select(vector =>
        string.Join(" ", Enumerable.Range(0, GroupCount).Select(group => vector.IsNull(group) ? "∅" : Text(vector.GetScalar(group))))));

    // Sums of doubles depend on the order in the last digits.
    private static string Text(Scalar value) =>
        value.Value is double real ? real.ToString("G10") : ScalarText.Format(value);

    private static Vector RandomVector(ScalarType type, int count, Random random)
    {
        VectorBuilder builder = VectorBuilder.Create(type);
        for (int row = 0; row < count; row++)
        {
            builder.AppendScalar(random.Next(5) == 0 ? Scalar.Null(type) : RandomScalar(type, random));
        }

        return builder.Build();
    }

    private static Scalar RandomScalar(ScalarType type, Random random)
    {
        long small = random.Next(12);
        switch (type)
        {
            case ScalarType.Bool:
                return Scalar.Of(small > 5);
            case ScalarType.Int:
                return Scalar.Of((int)small - 4);
            case ScalarType.Real:
                return Scalar.Of((small / 4.0) - 1);
            case ScalarType.Decimal:
                return Scalar.Of((decimal)small / 4);
            case ScalarType.String:
                return Scalar.Of(new string('한', (int)small % 4) + small);
            case ScalarType.Guid:
                return Scalar.Of(new Guid((int)small, 1, 2, new byte[8]));
            case ScalarType.Dynamic:
                var writer = new DynamicWriter();
                Assert.True(DynamicJson.TryParse(
                    Encoding.UTF8.GetBytes(small % 3 == 0 ? $"{{\"k{small}\":1}}" : small % 3 == 1 ? $"[{small},\"a\"]" : $"{small}"), writer));
                return Scalar.OfDynamic(writer.Written.ToArray());
            default:
                return new Scalar(type, (small * 1_000_000_007) + (type == ScalarType.DateTime ? 600_000_000_000_000_000 : -5));
        }
    }
}
