namespace Bongsu.Query.Functions.Matching;

/// <summary>The state after a number that is not negative, where its last digit alone decides it. Immutable.</summary>
/// <param name="Single">By digit: after a number of this one digit.</param>
/// <param name="Last">By digit: after a longer number that ends with it.</param>
internal sealed record LastDigitStates(int[] Single, int[] Last);
