namespace Bongsu.Core.Series;

/// <summary>What is taken for the trend of a series.</summary>
public enum SeriesTrend
{
    /// <summary>Its mean.</summary>
    Average,

    /// <summary>The line of least squares.</summary>
    Line,

    /// <summary>Nothing.</summary>
    None,
}
