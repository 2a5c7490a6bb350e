using Bongsu.Ingest.Files.Delivery;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Cli;

/// <summary>One line on a terminal that shows how far an import is; nothing where nobody looks.</summary>
internal sealed class ProgressLine(TextWriter terminal, bool isShown) : IDisposable
{
    private readonly Lock _lock = new();
    private int _width;

    /// <summary>Draws the state over the one before.</summary>
    public void Show(IngestProgress progress)
    {
        if (!isShown)
        {
            return;
        }

        string share = progress.TotalBytes is > 0 and var total ? $"{Math.Min(1.0, (double)progress.ReadBytes / total):P0}  " : "";
        string trouble = progress.Trouble is null ? "" : $"  waiting: {progress.Trouble}";
        string text = $"{share}{ByteSize.Format(progress.ReadBytes)}  {progress.Rows:N0} rows  {progress.RowsPerSecond:N0} rows/s" +
            $"  {Path.GetFileName(progress.File)}{trouble}";
        lock (_lock)
        {
            terminal.Write('\r' + text.PadRight(_width));
            _width = text.Length;
        }
    }

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_width > 0)
            {
                terminal.Write('\r' + new string(' ', _width) + '\r');
                _width = 0;
            }
        }
    }
}
