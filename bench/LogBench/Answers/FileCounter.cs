using Bongsu.LogBench.Generation;
using Microsoft.Win32.SafeHandles;

namespace Bongsu.LogBench.Answers;

/// <summary>Counts a whole file on all cores.</summary>
internal static class FileCounter
{
    private const int SegmentBytes = 16 << 20;
    private const int MaxLineBytes = 1 << 20;

    /// <summary>Counts.</summary>
    /// <param name="file">The file.</param>
    /// <param name="segmentBytes">What a thread reads at once.</param>
    public static ExpectedAnswers Count(LogFile file, int segmentBytes = SegmentBytes)
    {
        QueryInputs inputs = QueryInputs.Of(file);
        var all = new ExpectedAnswers(inputs);
        using SafeFileHandle handle = File.OpenHandle(file.Path);
        long segments = (file.SizeBytes + segmentBytes - 1) / segmentBytes;
        Parallel.For(
            0L,
            segments,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Answers: new ExpectedAnswers(inputs), Scanner: new LineScanner(), Buffer: new byte[segmentBytes + MaxLineBytes]),
            (segment, _, worker) =>
            {
                CountSegment(handle, segment * segmentBytes, worker.Buffer, worker.Scanner, worker.Answers);
                return worker;
            },
            worker =>
            {
                lock (all)
                {
                    all.Merge(worker.Answers);
                }
            });
        foreach (List<double> durations in all.Durations.Values)
        {
            durations.Sort();
        }

        return all;
    }

    // The lines that start in a segment.
    private static void CountSegment(SafeFileHandle handle, long offsetBytes, byte[] buffer, LineScanner scanner, ExpectedAnswers answers)
    {
        int length = ReadFully(handle, offsetBytes, buffer);
        int start = 0;
        if (offsetBytes > 0)
        {
            byte[] before = new byte[1];
            RandomAccess.Read(handle, before, offsetBytes - 1);
            start = before[0] == '\n' ? 0 : buffer.AsSpan(0, length).IndexOf((byte)'\n') + 1;
        }

        while (start < Math.Min(length, buffer.Length - MaxLineBytes))
        {
            int end = buffer.AsSpan(start, length - start).IndexOf((byte)'\n');
            end = end < 0 ? length - start : end;
            ReadOnlySpan<byte> line = buffer.AsSpan(start, end);
            if (!line.IsEmpty)
            {
                ScannedLine row = scanner.Read(line);
                answers.Count(row, new LinePlace(row.TimeMs, offsetBytes + start, end));
            }

            start += end + 1;
        }
    }

    private static int ReadFully(SafeFileHandle handle, long offsetBytes, byte[] buffer)
    {
        int length = 0;
        while (length < buffer.Length && RandomAccess.Read(handle, buffer.AsSpan(length), offsetBytes + length) is var read and > 0)
        {
            length += read;
        }

        return length;
    }
}
