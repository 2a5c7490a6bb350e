using System.Text;
using Bongsu.Store;
using Bongsu.Store.Documents;
using Bongsu.Store.Files;

namespace Bongsu.Tests.Store;

/// <summary>What is told of documents after puts, removals, torn ends and damage.</summary>
public sealed class DocumentLogTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Write_ManyChangesAndReopens_EqualsADictionary(int seed)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        DocumentLog log = Open(folder.Path);
        for (int step = 0; step < 300; step++)
        {
            KeyValuePair<string, byte[]>[] puts =
                [.. Enumerable.Range(0, random.Next(4)).Select(_ => Document($"문서 {random.Next(30)}", new string('x', random.Next(20_000))))];
            string[] deletes = [.. expected.Keys.Where(id => random.Next(30) == 0 && puts.All(put => put.Key != id))];
            log.Write(puts, deletes);
            foreach ((string id, byte[] json) in puts)
            {
                expected[id] = Encoding.UTF8.GetString(json);
            }

            Array.ForEach(deletes, id => expected.Remove(id));
            log = random.Next(20) == 0 ? Open(folder.Path) : log;
        }

        Assert.Equal(expected, Contents(Open(folder.Path)));
        long live = expected.Sum(document => document.Key.Length + document.Value.Length);
        Assert.True(new FileInfo(Path.Combine(folder.Path, DocumentLog.FileName)).Length < (3 * live) + (2 << 20));
    }

    [Fact]
    public void Open_EndIsTorn_EarlierOnesAreThereAndLaterOnesFollow()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, DocumentLog.FileName);
        Open(folder.Path).Write([Document("a", "1"), Document("b", "2")], []);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            DocumentLog log = Open(folder.Path, notice => Assert.Fail(notice.ToString()));
            Assert.Equal(length < whole.Length / 2 ? [] : ["a"], log.Documents.Keys);
            log.Write([Document("c", "3")], []);
            Assert.Equal(length < whole.Length / 2 ? ["c"] : ["a", "c"], Open(folder.Path).Documents.Keys);
        }
    }

    [Fact]
    public void Open_AnyByteIsDamaged_OthersAreThereAndItIsSaid()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, DocumentLog.FileName);
        Open(folder.Path).Write([Document("a", "1"), Document("b", "2"), Document("c", "3")], []);
        byte[] whole = File.ReadAllBytes(path);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x40;
            File.WriteAllBytes(path, damaged);
            int notices = 0;
            DocumentLog log = Open(folder.Path, _ => notices++);
            int lost = at / (whole.Length / 3);
            Assert.Equal(((string[])["a", "b", "c"]).Where((_, index) => index != lost), log.Documents.Keys);
            Assert.Equal(lost < 2 ? 1 : 0, notices); // an end that is not whole was never acknowledged
        }
    }

    [Fact]
    public async Task PutAsync_ManyAtOnce_AllAreThereAfterReopening()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        DocumentStore documents = store.Database.Documents("default");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(
            () => documents.PutAsync("alerts", $"id{number % 100:00}", Encoding.UTF8.GetBytes($"{number % 100}")))));
        await store.ReopenAsync();
        Assert.Equal(
            Enumerable.Range(0, 100).Select(number => $"id{number:00}={number}"),
            store.Database.Documents("default").List("alerts").Select(entry => $"{entry.Key}={Encoding.UTF8.GetString(entry.Value)}"));
    }

    private static DocumentLog Open(string directory, Action<StoreNotice>? notice = null) =>
        DocumentLog.Open(new LocalFileSystem(), directory, notice);

    private static KeyValuePair<string, byte[]> Document(string id, string json) => new(id, Encoding.UTF8.GetBytes(json));

    private static SortedDictionary<string, string> Contents(DocumentLog log) =>
        new(log.Documents.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(entry.Value)), StringComparer.Ordinal);
}
