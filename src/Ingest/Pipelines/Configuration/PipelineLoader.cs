using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Ingest.Pipelines.Configuration;

/// <summary>Reads a folder of pipeline files, all or none of them.</summary>
internal static class PipelineLoader
{
    private const long MaxFileBytes = 1 << 20;

    /// <summary>The folder's pipeline files, in order of their names.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.GetFiles(folder).Where(IsPipeline).Order(StringComparer.Ordinal)];

    /// <summary>Reads all files.</summary>
    /// <exception cref="PipelineException">At least one is wrong.</exception>
    public static PipelineSet Load(string folder)
    {
        var errors = new List<PipelineError>();
        var pipelines = new List<Pipeline>();
        foreach (string file in Files(folder))
        {
            if (Read(file, errors) is { } pipeline)
            {
                pipelines.Add(pipeline);
            }
        }

        return errors.Count == 0 ? new PipelineSet(pipelines) : throw new PipelineException(errors);
    }

    /// <summary>Reads one text as a pipeline.</summary>
    /// <param name="name">File name, for errors and as the table's name.</param>
    /// <param name="text">YAML.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <param name="folder">What paths in it are relative to.</param>
    public static Pipeline? Parse(string name, string text, List<PipelineError> errors, string folder)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            errors.Add(new PipelineError(name, (int)error.Start.Line, (int)error.Start.Column, error.Message));
            return null;
        }

        if (stream.Documents.Count != 1)
        {
            errors.Add(new PipelineError(name, 1, 1, $"{stream.Documents.Count} documents: expected one, with 'processors'"));
            return null;
        }

        int before = errors.Count;
        var reader = new PipelineReader(name, errors, folder);
        Pipeline? pipeline = reader.Read(stream.Documents[0].RootNode);
        return errors.Count == before ? pipeline : null;
    }

    private static bool IsPipeline(string file) =>
        Path.GetExtension(file) is ".yaml" or ".yml" && !Path.GetFileName(file).StartsWith('.');

    private static Pipeline? Read(string file, List<PipelineError> errors)
    {
        string name = Path.GetFileName(file);
        if (new FileInfo(file).Length > MaxFileBytes)
        {
            errors.Add(new PipelineError(name, 0, 0, $"more than {MaxFileBytes} bytes"));
            return null;
        }

        return Parse(name, File.ReadAllText(file), errors, Path.GetDirectoryName(file)!);
    }
}
