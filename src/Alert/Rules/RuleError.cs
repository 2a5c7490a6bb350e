namespace Bongsu.Alert.Rules;

/// <summary>What is wrong in a rule file, and where.</summary>
/// <param name="File">The file, relative to the rules folder.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in characters.</param>
/// <param name="Message">Lower case, values included.</param>
/// <param name="Suggestion">The nearest known name, or null.</param>
public sealed record RuleError(string File, int Line, int Column, string Message, string? Suggestion = null)
{
    /// <summary>True where the rules run all the same, without what is named.</summary>
    internal bool IsWarning { get; init; }

    /// <summary>Name of the rule whose query cannot be compiled for the tables as they are; null where something else is
    /// wrong.</summary>
    internal string? RuleThatFails { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Message}" + (Suggestion is null ? "" : $"; did you mean '{Suggestion}'?");
}
