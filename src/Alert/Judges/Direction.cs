namespace Bongsu.Alert.Judges;

/// <summary>On which side a value is out of bounds.</summary>
public enum Direction
{
    /// <summary>Too high or too low.</summary>
    Both,

    /// <summary>Too high.</summary>
    Up,

    /// <summary>Too low.</summary>
    Down,
}
