using System.Buffers;
using System.Diagnostics;

namespace Bongsu.Bench;

/// <summary>What a load came to.</summary>
internal sealed record LoadFigures(long Rows, long Bytes, TimeSpan Elapsed);

/// <summary>Sends rows over two connections, 4 MiB a body; only the time the server works is counted.</summary>
internal static class Load
{
    private const int BodyBytes = 4 << 20;

    /// <summary>Sends everything.</summary>
    public static async Task<LoadFigures> RunAsync(ServerUnderTest server, LogGenerator generator, string? file)
    {
        long rows = 0;
        long bytes = 0;
        long startedAt = Stopwatch.GetTimestamp();
        TimeSpan preparing = TimeSpan.Zero;
        using FileStream? input = file is null ? null : File.OpenRead(file);
        while (true)
        {
            long preparingSince = Stopwatch.GetTimestamp();
            var bodies = new List<ReadOnlyMemory<byte>>();
            for (int body = 0; body < 16; body++)
            {
                ReadOnlyMemory<byte> next = input is null ? Generate(generator) : Read(input);
                if (next.IsEmpty)
                {
                    break;
                }

                rows += next.Span.Count((byte)'\n');
                bytes += next.Length;
                bodies.Add(next);
            }

            preparing += Stopwatch.GetElapsedTime(preparingSince);
            if (bodies.Count == 0)
            {
                return new LoadFigures(rows, bytes, Stopwatch.GetElapsedTime(startedAt) - preparing);
            }

            await Parallel.ForEachAsync(
                bodies, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (body, _) => await server.IngestAsync(body, "logs"));
            Console.Error.Write($"\r{rows:N0} rows ");
        }
    }

    /// <summary>Waits until parts are cut and merged, as far as an idle server goes within two minutes; returns bytes
    /// on disk.</summary>
    public static async Task<long> SettleAsync(ServerUnderTest server)
    {
        using var response = await server.Http.PostAsync(new Uri("/api/tables/logs/flush", UriKind.Relative), JsonBody());
        response.EnsureSuccessStatusCode();
        using var tables = System.Text.Json.JsonDocument.Parse(await server.Http.GetStringAsync(new Uri("/api/tables/logs", UriKind.Relative)));
        return tables.RootElement.GetProperty("sizeBytes").GetInt64();
    }

    private static StringContent JsonBody() => new("{}", System.Text.Encoding.UTF8, "application/json");

    private static ReadOnlyMemory<byte> Generate(LogGenerator generator)
    {
        var output = new ArrayBufferWriter<byte>(BodyBytes + 4096);
        generator.Write(output, BodyBytes);
        return output.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Read(FileStream input)
    {
        byte[] body = new byte[BodyBytes];
        int length = input.ReadAtLeast(body, body.Length, throwOnEndOfStream: false);
        int last = body.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        input.Position -= length - last;
        return body.AsMemory(0, last);
    }
}
