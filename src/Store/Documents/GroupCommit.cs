namespace Bongsu.Store.Documents;

/// <summary>Documents that several callers store at once go into the file together: while a group is written, the next
/// gathers. Thread-safe.</summary>
internal sealed class GroupCommit
{
    private readonly Action<IReadOnlyList<KeyValuePair<string, byte[]>>> _write;
    private readonly Lock _gate = new();
    private List<Waiting> _waiting = [];
    private bool _isWriting;

    /// <summary>A group without members.</summary>
    /// <param name="write">Writes documents; durable when it returns.</param>
    public GroupCommit(Action<IReadOnlyList<KeyValuePair<string, byte[]>>> write)
    {
        _write = write;
    }

    /// <summary>Stores a document; durable when it completes. Those of one id are written in the order of the
    /// calls.</summary>
    public Task PutAsync(string id, byte[] json)
    {
        var own = new Waiting(new(id, json), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.Add(own);
            if (_isWriting)
            {
                return own.Done.Task;
            }

            _isWriting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static group => group.WriteWaiting(), this, preferLocal: false);
        return own.Done.Task;
    }

    private void WriteWaiting()
    {
        while (true)
        {
            List<Waiting> group;
            lock (_gate)
            {
                (group, _waiting) = (_waiting, []);
                _isWriting = group.Count > 0;
            }

            if (group.Count == 0)
            {
                return;
            }

            Write(group);
        }
    }

    private void Write(List<Waiting> group)
    {
        try
        {
            _write([.. group.Select(waiting => waiting.Document)]);
            group.ForEach(waiting => waiting.Done.SetResult());
        }
        catch (Exception exception)
        {
            group.ForEach(waiting => waiting.Done.SetException(exception));
        }
    }

    private sealed record Waiting(KeyValuePair<string, byte[]> Document, TaskCompletionSource Done);
}
