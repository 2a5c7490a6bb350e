namespace Bongsu.Query;

/// <summary>The query is wrong: where, what was met, what was expected. Shown to the user as it is.</summary>
public sealed class QueryException : Exception
{
    /// <summary>An error at a place in the text.</summary>
    /// <param name="code">Stable, for programs: <c>syntax</c>, <c>unknown_name</c>, <c>unknown_function</c>,
    /// <c>type</c>, <c>argument</c>, <c>limit</c>, <c>unsupported</c>.</param>
    /// <param name="message">Lower case, no final full stop, values included.</param>
    /// <param name="span">Where.</param>
    public QueryException(string code, string message, TextSpan span)
        : base(message)
    {
        Code = code;
        Span = span;
    }

    /// <summary>Stable code, for programs.</summary>
    public string Code { get; }

    /// <summary>Where in the text.</summary>
    public TextSpan Span { get; }

    /// <summary>What could have stood there; may be empty.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>The nearest known name, or null.</summary>
    public string? Suggestion { get; init; }
}
