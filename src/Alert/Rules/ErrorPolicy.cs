namespace Bongsu.Alert.Rules;

/// <summary>What a rule does when its query fails.</summary>
public enum ErrorPolicy
{
    /// <summary>Shows it as the rule's state, tells nobody.</summary>
    Ignore,

    /// <summary>Raises an alert of kind <c>error</c> while it fails.</summary>
    Alert,
}
