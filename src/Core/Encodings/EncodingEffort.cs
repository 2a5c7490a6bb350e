namespace Bongsu.Core.Encodings;

/// <summary>How much time an encoding may take for size.</summary>
public enum EncodingEffort
{
    /// <summary>For the log: takes what is at hand.</summary>
    Log,

    /// <summary>For parts.</summary>
    Part,
}
