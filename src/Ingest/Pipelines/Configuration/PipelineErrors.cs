using YamlDotNet.RepresentationModel;

namespace Bongsu.Ingest.Pipelines.Configuration;

/// <summary>Collects the errors of one file.</summary>
/// <param name="file">Name of the file.</param>
/// <param name="errors">Gets them.</param>
internal sealed class PipelineErrors(string file, List<PipelineError> errors)
{
    /// <summary>Adds an error at a node.</summary>
    public void Add(YamlNode node, string message, string? suggestion = null) =>
        errors.Add(new PipelineError(file, (int)node.Start.Line, (int)node.Start.Column, message, suggestion));
}
