namespace Bongsu.Core.Automata;

/// <summary>One step of a <see cref="PatternProgram"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Assertion">For assertions.</param>
/// <param name="Set">Index of the set it tests.</param>
/// <param name="Next">Where it goes on.</param>
/// <param name="Other">Where it goes on as well, for forks.</param>
internal readonly record struct PatternInstruction(
    PatternInstructionKind Kind,
    PatternAssertion Assertion,
    int Set,
    int Next,
    int Other);
