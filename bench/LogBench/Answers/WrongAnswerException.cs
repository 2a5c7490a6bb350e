namespace Bongsu.LogBench.Answers;

/// <summary>An engine gave an answer that is not the expected one.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);
