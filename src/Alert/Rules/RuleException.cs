namespace Bongsu.Alert.Rules;

/// <summary>A rule file is wrong; carries where and why.</summary>
internal sealed class RuleException : Exception
{
    public RuleException(RuleError error)
        : base(error.ToString())
    {
        Error = error;
    }

    public RuleError Error { get; }
}
