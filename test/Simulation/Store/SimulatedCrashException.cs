namespace Bongsu.Simulation.Store;

/// <summary>The machine died: no call reaches the disk any more.</summary>
internal sealed class SimulatedCrashException() : IOException("the machine is dead");
