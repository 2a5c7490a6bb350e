namespace Bongsu.Alert.Judges;

/// <summary>A window's value against that of the window of the same length before it.</summary>
/// <param name="Height">Up: at least so many times the value before; down: at most the value before divided by it. More
/// than 1.</param>
/// <param name="Direction">Which of the two.</param>
/// <param name="MinCurrent">Windows with a lower value are not judged; null = any.</param>
/// <param name="MinBefore">Windows after one with a lower value are not judged; null = any.</param>
/// <param name="TellsNewKeys">True: a key is judged from its first row on, the window before it counting 0; false: only
/// once its first row is older than both windows.</param>
public sealed record SpikeSpec(double Height, Direction Direction, double? MinCurrent, double? MinBefore, bool TellsNewKeys) : JudgeSpec;
