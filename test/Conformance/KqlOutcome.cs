namespace Bongsu.Conformance;

/// <summary>What became of a case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsPassed">The result is as expected.</param>
/// <param name="IsUnsure">The case itself is in doubt.</param>
/// <param name="ErrorCode">Code of the query error that ended it, or null.</param>
/// <param name="Detail">What differs.</param>
internal sealed record KqlOutcome(string Id, bool IsPassed, bool IsUnsure, string? ErrorCode, string Detail);
