namespace Bongsu.Store;

/// <summary>The store refuses a request; the message is fit for the caller.</summary>
public class StoreException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="code">Short machine-readable reason, for instance <c>invalid_name</c>.</param>
    /// <param name="message">What is wrong, with the values.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public StoreException(string code, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
    }

    /// <summary>
    /// Short machine-readable reason: <c>invalid_name</c>, <c>invalid_batch</c>, <c>too_many_columns</c>,
    /// <c>too_many_tables</c>,
    /// <c>table_dropped</c>, <c>locked</c>, <c>disk_full</c>, <c>busy</c>, <c>closed</c>, <c>backup</c>.
    /// </summary>
    public string Code { get; }
}
