using Bongsu.Core.Batches;
using Bongsu.Core.Encodings;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;
using Bongsu.Store.Files;

namespace Bongsu.Store;

/// <summary>Gives the messages of one table their templates as they come in, and remembers the templates over a
/// restart. Thread-safe.</summary>
/// <remarks>
/// Those in the log are learnt again from it; the file, written when parts are cut, has those before. Losing it loses no
/// row: templates are found again. Layout: docs/formats/templates.md.
/// </remarks>
internal sealed class TableTemplates
{
    public const string FileName = "templates";

    private const uint Kind = 0x504D_5442; // "BTMP"

    private readonly TemplateMiner _miner = new();
    private int _savedCount;

    /// <summary>Takes up the templates of a table's directory.</summary>
    public TableTemplates(IFileSystem files, string directory, Action<StoreNotice>? notice)
    {
        if (!files.ListFiles(directory).Contains(FileName))
        {
            return;
        }

        try
        {
            var reader = new ByteReader(AtomicFile.Read(files, Path.Combine(directory, FileName), Kind));
            for (int left = reader.ReadCount(reader.Remaining); left > 0; left--)
            {
                _miner.Learn(Template.Parse(reader.ReadBytes(reader.ReadCount(reader.Remaining))));
            }

            reader.ExpectEnd();
            _savedCount = _miner.Known.Count;
        }
        catch (CorruptDataException exception)
        {
            notice?.Invoke(new StoreNotice(
                StoreNoticeLevel.Warning, $"{exception.Message}; templates of messages are found anew", exception));
        }
    }

    /// <summary>The rows with their messages as templates and variables.</summary>
    public Batch Split(Batch batch)
    {
        int column = batch.Schema.IndexOf(SystemColumns.Message);
        if (column < 0 || batch[column] is not StringVector { Templates: null } messages || messages.Length == 0)
        {
            return batch;
        }

        Vector[] vectors = batch.Vectors.ToArray();
        vectors[column] = Split(messages);
        return new Batch(batch.Schema, vectors, batch.RowCount);
    }

    /// <summary>Messages as templates and variables.</summary>
    public StringVector Split(StringVector messages) => new(_miner.Split(messages));

    /// <summary>Takes up the templates of rows read back from the log.</summary>
    public void Learn(Batch batch)
    {
        if (batch.Find(SystemColumns.Message) is StringVector { Templates: { } templates })
        {
            for (int template = 0; template < templates.TemplateCount; template++)
            {
                _miner.Learn(templates.TemplateAt(template));
            }
        }
    }

    /// <summary>Writes the file where there is news; callers take turns.</summary>
    public void SaveNews(IFileSystem files, string directory)
    {
        IReadOnlyList<Template> known = _miner.Known;
        if (known.Count > _savedCount)
        {
            Save(files, directory, known);
            _savedCount = known.Count;
        }
    }

    /// <summary>Writes the file of another directory.</summary>
    public void Copy(IFileSystem files, string directory) => Save(files, directory, _miner.Known);

    private static void Save(IFileSystem files, string directory, IReadOnlyList<Template> known)
    {
        var writer = new ByteWriter();
        writer.WriteVarint((ulong)known.Count);
        foreach (Template template in known)
        {
            writer.WriteVarint((ulong)template.Text.Length);
            writer.WriteBytes(template.Text);
        }

        AtomicFile.Write(files, Path.Combine(directory, FileName), Kind, writer.WrittenMemory);
    }
}
