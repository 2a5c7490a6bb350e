namespace Bongsu.Alert.Rules;

/// <summary>What a rule does when its table falls silent.</summary>
public enum NoDataPolicy
{
    /// <summary>Shows it as the rule's state, tells nobody.</summary>
    Ignore,

    /// <summary>Raises an alert of kind <c>no_data</c>.</summary>
    Alert,
}
