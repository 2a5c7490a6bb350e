namespace Bongsu.Query.Functions;

/// <summary>The arguments of a call do not fit; the binder adds the position and throws a
/// <see cref="QueryException"/>.</summary>
public sealed class FunctionException : Exception
{
    /// <summary>An error of one argument, or of the call.</summary>
    /// <param name="message">Lower case, no final full stop, for instance <c>strlen() expects a string, got
    /// long</c>.</param>
    /// <param name="argumentIndex">From 0; -1 for the call as a whole.</param>
    public FunctionException(string message, int argumentIndex = -1)
        : base(message)
    {
        ArgumentIndex = argumentIndex;
    }

    /// <summary>The argument at fault, from 0; -1 for the call as a whole.</summary>
    public int ArgumentIndex { get; }
}
