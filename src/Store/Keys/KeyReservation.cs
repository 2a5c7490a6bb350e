namespace Bongsu.Store.Keys;

/// <summary>The answer to a reservation; exactly one of the first two is set where nothing was reserved.</summary>
/// <param name="WaitFor">Another batch with one of the keys is on its way: wait and reserve again.</param>
/// <param name="KnownSequence">The batch was stored before, at this sequence.</param>
/// <param name="DuplicateRows">Rows whose key was stored before, or occurs earlier in the batch; the rest is
/// reserved.</param>
internal readonly record struct KeyReservation(Task? WaitFor, long? KnownSequence, List<int>? DuplicateRows);
