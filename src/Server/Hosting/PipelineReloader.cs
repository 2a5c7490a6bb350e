using Bongsu.Ingest.Pipelines;

namespace Bongsu.Server.Hosting;

/// <summary>Reloads pipelines when their folder changes: all of them, or none where one is wrong.</summary>
internal sealed class PipelineReloader : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private readonly PipelineFolder _folder;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    /// <summary>Watches a folder until disposed.</summary>
    public PipelineReloader(PipelineFolder folder, TimeProvider time)
    {
        _folder = folder;
        _timer = new PeriodicTimer(s_interval, time);
        _loop = WatchAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            if (!_folder.HasChanged)
            {
                continue;
            }

            try
            {
                _folder.Reload();
                OperatorLog.Write("pipelines", "info", $"{_folder.Count} loaded", null);
            }
            catch (Exception error) when (error is PipelineException or IOException)
            {
                OperatorLog.Write("pipelines", "warn", $"the old ones go on: {error.Message}", null);
            }
        }
    }
}
