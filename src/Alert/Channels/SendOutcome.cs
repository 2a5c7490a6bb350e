namespace Bongsu.Alert.Channels;

/// <summary>How one try to send ended.</summary>
/// <param name="IsDelivered">The receiver took it.</param>
/// <param name="IsFinal">No further try would help.</param>
/// <param name="RetryAfter">How long the receiver asks to wait, or null.</param>
/// <param name="Error">What went wrong, without the address; null where delivered.</param>
internal readonly record struct SendOutcome(bool IsDelivered, bool IsFinal, TimeSpan? RetryAfter, string? Error);
