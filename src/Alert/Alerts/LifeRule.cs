using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Alerts;

/// <summary>What decides from windows alone when a key fires. UTC ticks.</summary>
/// <param name="Windows">Where windows end.</param>
/// <param name="ForTicks">The condition must hold so long before.</param>
/// <param name="KeepTicks">It goes on firing so long after.</param>
internal sealed record LifeRule(WindowSpec Windows, long ForTicks, long KeepTicks);
