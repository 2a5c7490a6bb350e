using System.Collections.Concurrent;
using Bongsu.Core.Types;

namespace Bongsu.Ingest.Decoding;

/// <summary>Decoders between requests: with the shapes they learned and the room of their columns, so that a request
/// begins where the last one ended. Thread-safe.</summary>
internal sealed class JsonRowDecoderPool
{
    // Names and shapes come from strangers: what has met too many begins anew.
    private const int MaxFields = 2_000;

    // A body of 4 MiB needs about as much room.
    private const long MaxRoomBytes = 16L << 20;

    private static readonly int s_maxIdle = Math.Min(8, Environment.ProcessorCount + 1);
    private readonly ConcurrentStack<Idle> _idle = new();

    /// <summary>A decoder whose rows are empty.</summary>
    /// <param name="options">Of the request.</param>
    /// <param name="tableSchema">The table's columns so far, or null.</param>
    public JsonRowDecoder Rent(DecodeOptions options, Schema? tableSchema)
    {
        if (_idle.TryPop(out Idle idle) && idle.Suits(options))
        {
            idle.Decoder.Explains = true;
            idle.Decoder.Rows.Begin(options, tableSchema);
            return idle.Decoder;
        }

        return new JsonRowDecoder(new BatchBuilder(options, tableSchema) { KeepsRoom = true }, options.Limits);
    }

    /// <summary>Takes a decoder back whose rows were built, or are given up.</summary>
    public void Return(JsonRowDecoder decoder, DecodeOptions options)
    {
        decoder.Rows.Begin(options, null);
        if (_idle.Count < s_maxIdle && !decoder.IsFull && decoder.Rows.FieldCount <= MaxFields &&
            decoder.Rows.RoomBytes <= MaxRoomBytes)
        {
            _idle.Push(new Idle(decoder, options.TimeField, options.DefaultZone, options.Limits));
        }
    }

    /// <summary>Lets the memory of idle decoders go.</summary>
    public void Clear() => _idle.Clear();

    private readonly record struct Idle(
        JsonRowDecoder Decoder, string? TimeField, TimeZoneInfo? DefaultZone, DecodeLimits Limits)
    {
        public bool Suits(DecodeOptions options) =>
            options.TimeField == TimeField && options.DefaultZone == DefaultZone && options.Limits == Limits;
    }
}
