namespace Bongsu.Alert.Rules;

/// <summary>What a rule watches for. Files write it in small letters with <c>_</c>: <c>new_term</c>.</summary>
public enum RuleKind
{
    /// <summary>A KQL query that ends in a condition.</summary>
    Query,

    /// <summary>Any row.</summary>
    Any,

    /// <summary>A column has one of some values.</summary>
    Blacklist,

    /// <summary>A column has another value than some.</summary>
    Whitelist,

    /// <summary>Many rows in a time.</summary>
    Frequency,

    /// <summary>More or fewer rows than in the window before.</summary>
    Spike,

    /// <summary>Too few rows in a time.</summary>
    Flatline,

    /// <summary>A column changed its value.</summary>
    Change,

    /// <summary>A value not seen before.</summary>
    NewTerm,

    /// <summary>Too many or too few different values.</summary>
    Cardinality,

    /// <summary>An aggregate is out of bounds.</summary>
    MetricAggregation,

    /// <summary>An aggregate is higher or lower than in the window before.</summary>
    SpikeAggregation,

    /// <summary>The share of rows that meet a condition is out of bounds.</summary>
    PercentageMatch,

    /// <summary>A message template not seen before.</summary>
    NewPattern,

    /// <summary>A message template comes too often, too rarely, or in spikes.</summary>
    PatternRate,

    /// <summary>Rows one after another, or one that does not follow.</summary>
    Sequence,

    /// <summary>A run that is missing, late, too short or too long.</summary>
    Job,

    /// <summary>A value outside of what was learnt.</summary>
    Anomaly,
}
