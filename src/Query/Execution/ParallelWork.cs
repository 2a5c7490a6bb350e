using System.Runtime.ExceptionServices;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Execution;

/// <summary>Shares numbered pieces of work out over the threads of a query.</summary>
internal static class ParallelWork
{
    /// <summary>Does everything; returns when all of it is done.</summary>
    /// <param name="run">The query.</param>
    /// <param name="workers">How many threads, the caller's included; at least one.</param>
    /// <param name="count">Pieces are numbered from 0, and begun in that order.</param>
    /// <param name="work">Takes the worker's number, the piece's, and arrays that are taken back after each
    /// piece.</param>
    public static void Run(QueryRun run, int workers, int count, Action<int, int, BlockArrays> work)
    {
        var progress = new Progress();
        var tasks = new Task[Math.Max(0, workers - 1)];
        for (int task = 0; task < tasks.Length; task++)
        {
            int worker = task + 1;
            tasks[task] = Task.Run(() => Work(run, progress, worker, count, work), CancellationToken.None);
        }

        Work(run, progress, 0, count, work);
        Task.WaitAll(tasks, CancellationToken.None);
        progress.Error?.Throw();
    }

    private static void Work(QueryRun run, Progress progress, int worker, int count, Action<int, int, BlockArrays> work)
    {
        using var arrays = new BlockArrays();
        try
        {
            for (int piece = progress.Next(); piece < count && progress.Error is null; piece = progress.Next())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                work(worker, piece, arrays);
                arrays.Reset();
            }
        }
#pragma warning disable CA1031 // The first error of any thread ends the query; it is thrown by the thread that waits for all.
        catch (Exception error)
#pragma warning restore CA1031
        {
            progress.Fail(ExceptionDispatchInfo.Capture(error));
        }
    }

    private sealed class Progress
    {
        private int _next = -1;
        private ExceptionDispatchInfo? _error;

        public ExceptionDispatchInfo? Error => Volatile.Read(ref _error);

        public int Next() => Interlocked.Increment(ref _next);

        public void Fail(ExceptionDispatchInfo error) => Interlocked.CompareExchange(ref _error, error, null);
    }
}
