using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Series;

/// <summary>A function of one series, bound to its other arguments.</summary>
internal interface ISeriesOperation
{
    /// <summary>Writes the result: an array, or an array of arrays where the function gives several.</summary>
    void Write(double[] series, DynamicWriter writer);
}
