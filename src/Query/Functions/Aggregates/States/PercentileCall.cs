using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>What a call of a percentile function asks for. Immutable.</summary>
/// <param name="Type">Type of the values.</param>
/// <param name="Percentages">0 to 100, one result each.</param>
/// <param name="IsWeighted">A second argument says how often a value counts.</param>
/// <param name="AsArray">One dynamic array instead of a column for each percentage.</param>
internal sealed record PercentileCall(ScalarType Type, double[] Percentages, bool IsWeighted, bool AsArray)
{
    /// <summary>The nearest rank, from 1: that of the least value that at least p per cent of all values do not exceed.</summary>
    /// <param name="percentage">Index of the percentage.</param>
    /// <param name="total">Number of values, or sum of their weights.</param>
    public decimal RankOf(int percentage, decimal total) => IsWeighted
        ? Math.Max(1, Math.Ceiling((decimal)Percentages[percentage] / 100 * total))
        : Math.Clamp((decimal)Math.Ceiling(Percentages[percentage] / 100 * (double)total), 1, total);

    /// <summary>The result columns.</summary>
    /// <param name="values">One array of values for each percentage, by group.</param>
    /// <param name="validity">Groups that have values.</param>
    public Vector[] Columns<T>(T[][] values, Bitmap validity)
        where T : unmanaged
    {
        int groupCount = validity.Length;
        Vector[] results = [.. values.Select(column => (Vector)new FixedVector<T>(Type, column, groupCount, validity))];
        return AsArray ? [ToArrays(results, groupCount)] : results;
    }

    private static DynamicVector ToArrays(Vector[] results, int groupCount)
    {
        var arrays = new DynamicVectorBuilder();
        var writer = new DynamicWriter();
        for (int group = 0; group < groupCount; group++)
        {
            if (results[0].IsNull(group))
            {
                arrays.AppendNull();
                continue;
            }

            writer.Clear();
            writer.BeginArray();
            foreach (Vector result in results)
            {
                writer.WriteValue(result, group);
            }

            writer.EndArray();
            arrays.Append(writer.Written);
        }

        return (DynamicVector)arrays.Build();
    }
}
