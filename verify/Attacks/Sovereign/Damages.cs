using System.Text;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>A way in which a backup's file can be damaged or tampered with.</summary>
internal sealed record Damage(string Name, Func<BackupBytes, byte[]> Do);

/// <summary>The kinds of damage that must never become a practice.</summary>
internal static class Damages
{
    private static readonly string[] HeadValues = ["format", "practice", "createdAt", "version", "schema", "erasures", "key", "wrapped"];

    /// <param name="other">Another backup of the same practice.</param>
    /// <param name="database">The practice's database as a plain file.</param>
    /// <param name="random">Chooses the bits that nobody thought of.</param>
    public static IEnumerable<Damage> Of(BackupBytes other, byte[] database, Random random) =>
    [
        new("an empty file", _ => []),
        new("a text", _ => Encoding.UTF8.GetBytes("Dear practice, here is your backup.\n")),
        new("a plain database", _ => database),
        new("cut in the head", whole => whole.Head[..(whole.Head.Length / 2)]),
        new("cut after the head", whole => whole.Head),
        new("cut to half", whole => whole.ToFile()[..(whole.ToFile().Length / 2)]),
        new("cut by one byte", whole => whole.ToFile()[..^1]),
        new("cut by the last chunk", whole => whole.WithChunks(Enumerable.Range(0, whole.Chunks.Count - 1))),
        new("one byte more", whole => [.. whole.ToFile(), 0]),
        new("a chunk of zeros more", whole => [.. whole.ToFile(), .. new byte[whole.Chunks[0].Length]]),
        new("the whole file twice", whole => [.. whole.ToFile(), .. whole.ToFile()]),
        .. HeadValues.Select(name => new Damage($"one bit of the head's {name}", whole => whole.WithBitOf(name))),
        new("one bit of the first chunk", whole => whole.WithBitIn(0, 100)),
        new("one bit of a middle chunk", whole => whole.WithBitIn(whole.Middle, 30_000)),
        new("one bit of the last chunk", whole => whole.WithBitIn(whole.Chunks.Count - 1, 5)),
        new("one bit of the last chunk's seal", whole => whole.WithBitIn(whole.Chunks.Count - 1, whole.Chunks[^1].Length - 1)),
        new("two chunks swapped", whole => whole.WithChunks([1, 0, .. Enumerable.Range(2, whole.Chunks.Count - 2)])),
        new("a chunk twice", whole => whole.WithChunks([0, 0, .. Enumerable.Range(1, whole.Chunks.Count - 1)])),
        new("the last chunk twice", whole => whole.WithChunks([.. Enumerable.Range(0, whole.Chunks.Count), whole.Chunks.Count - 1])),
        new("a chunk left out", whole => whole.WithChunks(Enumerable.Range(0, whole.Chunks.Count).Where(number => number != whole.Middle))),
        new("the head of another backup", whole => whole.WithHead(other.Head)),
        new("a chunk of another backup", whole => (whole with { Chunks = [.. whole.Chunks.Select((chunk, i) => i == whole.Middle ? other.Chunks[i] : chunk)] }).ToFile()),
        new("a newer format", whole => whole.WithValue("format", 2)),
        new("a newer schema", whole => whole.WithValue("schema", 9_999)),
        new("an older schema", whole => whole.WithValue("schema", 1)),
        new("a head with more in it", whole => whole.WithValue("more", 1)),
        new("a head without a key", whole => whole.WithValue("wrapped", null)),
        new("a head whose key is too short", whole => whole.WithValue("wrapped", "AAAA")),
        new("a head whose format is a text", whole => whole.WithValue("format", "1")),
        new("a head that is a list", whole => whole.WithJson("[]")),
        new("a head that is nothing", whole => whole.WithJson("null")),
        new("a head that is empty", whole => whole.WithJson("{}")),
        .. Enumerable.Range(1, 6).Select(_ => random.NextDouble()).Select(share => new Damage($"one bit at {share:P1} of the file", whole => OneBit(whole.ToFile(), share))),
        .. Enumerable.Range(1, 4).Select(_ => random.NextDouble()).Select(share => new Damage($"one bit at {share:P1} of the head", whole => whole.WithHead(OneBit(whole.Head, share)))),
    ];

    private static byte[] OneBit(byte[] file, double share)
    {
        var bit = (long)(file.Length * 8L * share);
        file = (byte[])file.Clone();
        file[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        return file;
    }
}
