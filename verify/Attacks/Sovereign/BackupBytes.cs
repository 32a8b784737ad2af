using System.Text;
using System.Text.Json.Nodes;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>A backup as somebody sees it who has no key: a line with a head in JSON, then sealed chunks.</summary>
internal sealed record BackupBytes(byte[] Head, IReadOnlyList<byte[]> Chunks)
{
    private const string Magic = "vetbooking-backup ";
    private const int SealedChunk = 65536 + 16;

    public static BackupBytes Read(byte[] file)
    {
        var end = Array.IndexOf(file, (byte)'\n') + 1;
        if (end == 0 || !Encoding.UTF8.GetString(file, 0, end).StartsWith(Magic, StringComparison.Ordinal)) throw new FormatException("This is no backup.");
        return new BackupBytes(file[..end], [.. file[end..].Chunk(SealedChunk)]);
    }

    public int Middle => Chunks.Count / 2;

    public byte[] ToFile() => [.. Head, .. Chunks.SelectMany(chunk => chunk)];

    public byte[] WithHead(byte[] head) => (this with { Head = head }).ToFile();

    /// <summary>Another line of JSON in front.</summary>
    public byte[] WithJson(string json) => WithHead(Encoding.UTF8.GetBytes(Magic + json + "\n"));

    /// <summary>The head with one value changed.</summary>
    public byte[] WithValue(string name, JsonNode? value)
    {
        var json = JsonNode.Parse(Head.AsSpan(Magic.Length))!;
        json[name] = value;
        return WithJson(json.ToJsonString());
    }

    /// <summary>One bit of a value of the head is another.</summary>
    public byte[] WithBitOf(string name)
    {
        var (head, mark) = ((byte[])Head.Clone(), $"\"{name}\":");
        var at = Encoding.UTF8.GetString(head).IndexOf(mark, StringComparison.Ordinal);
        if (at < 0) throw new FormatException($"The head has no {name}.");
        at += mark.Length;
        if (head[at] == '"') at++;
        head[at] ^= 1;
        return WithHead(head);
    }

    /// <summary>The chunks that are named, in this order.</summary>
    public byte[] WithChunks(params IEnumerable<int> order) => (this with { Chunks = [.. order.Select(number => Chunks[number])] }).ToFile();

    /// <summary>One bit of a chunk is another.</summary>
    public byte[] WithBitIn(int chunk, int at)
    {
        var changed = Chunks.Select(one => (byte[])one.Clone()).ToArray();
        changed[chunk][at] ^= 0x10;
        return (this with { Chunks = changed }).ToFile();
    }
}
