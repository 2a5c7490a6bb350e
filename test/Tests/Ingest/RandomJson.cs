using System.Text;
using System.Text.Json;

namespace Bongsu.Tests.Ingest;

/// <summary>Rows like those of real senders: few shapes, optional fields, now and then something else.</summary>
internal static class RandomJson
{
    private const string Marks = " \t{}[],:\"\\0123e-+.truefalsn";

    private static readonly string[] s_keys =
        ["ts", "level", "message", "service", "host", "status", "duration_ms", "path", "user", "x.y", "a\\u0062c", "경로", "log"];

    private static readonly string[] s_values =
    [
        "1", "-7", "0", "12345678901234567890", "1.25", "-0.0", "1e-3", "1234567.1234567890123", "true", "false", "null",
        "\"\"", "\"plain\"", "\"esc \\\" \\\\ \\n \\u00e9 \\ud83d\\ude00\"", "\"결제 완료\"", "\"2026-11-20T01:02:03.004Z\"", "[]",
        "[1,\"two\",{\"k\":[null,{\"k\":1,\"k\":2}]}]", "\"" + "long text of many bytes, " + "long text of many bytes\"",
    ];

    public static byte[] Lines(Random random, bool mutates)
    {
        string[][] shapes = [.. Enumerable.Range(0, 3).Select(_ => s_keys.OrderBy(_ => random.Next()).Take(random.Next(1, 9)).ToArray())];
        string separator = random.Next(2) == 0 ? "" : " ";
        var text = new StringBuilder();
        for (int row = 0; row < 60; row++)
        {
            string[] keys = shapes[random.Next(shapes.Length)];
            text.Append(Object(random, [.. keys.Where(_ => random.Next(12) > 0)], separator, 0)).Append(random.Next(9) == 0 ? "\r\n" : "\n");
        }

        byte[] body = Encoding.UTF8.GetBytes(text.ToString());
        for (int change = 0; mutates && change < 25; change++)
        {
            int at = random.Next(body.Length);
            body[at] = body[at] is >= 0x80 or (byte)'\n' ? body[at] : (byte)Marks[random.Next(Marks.Length)];
        }

        return body;
    }

    /// <summary>Whether the reference reader takes a line as one object (lone surrogates are ours to repair).</summary>
    public static bool IsObject(string line)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line), new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Object(Random random, string[] keys, string blank, int depth)
    {
        IEnumerable<string> members = keys.Select(key =>
        {
            bool isNested = depth < 3 && random.Next(15) == 0;
            string value = isNested ? Object(random, [.. keys.Take(random.Next(3))], blank, depth + 1) : Value(random, key);
            return $"\"{key}\":{blank}{value}";
        });
        return "{" + string.Join("," + blank, members) + "}";
    }

    private static string Value(Random random, string key) =>
        random.Next(10) == 0 ? s_values[random.Next(s_values.Length)] : s_values[Math.Abs(key.Length * 7) % s_values.Length];
}
