namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>What is made of the moments.</summary>
[Flags]
internal enum MomentsKind
{
    /// <summary>Sample variance or covariance: divided by n − 1.</summary>
    Sample = 0,

    /// <summary>Divided by n.</summary>
    Population = 1,

    /// <summary>Square root: standard deviation.</summary>
    Root = 2,
}
