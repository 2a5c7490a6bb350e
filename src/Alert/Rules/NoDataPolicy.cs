namespace Bongsu.Alert.Rules;

/// <summary>What a rule does when its table falls silent.</summary>
public enum NoDataPolicy
{
    /// <summary>Shows it as the rule's state, tells nobody.</summary>
    Ignore,

    /// <summary>Firing alerts stay as they are until there are rows again; nobody is told.</summary>
    Keep,

    /// <summary>Raises an alert of kind <c>no_data</c>.</summary>
    Alert,
}
