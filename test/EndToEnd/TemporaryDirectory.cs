namespace Bongsu.EndToEnd;

/// <summary>A folder that is gone with its test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    /// <summary>A new, empty folder.</summary>
    public TemporaryDirectory()
    {
        Path = Directory.CreateTempSubdirectory("bongsu-test-").FullName;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>A path inside it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
