using System.Security.Cryptography;
using VetBooking.Web.Sovereignty.Backups;

namespace VetBooking.Tests.Sovereignty;

/// <summary>What was sealed comes back whole, or not at all.</summary>
public sealed class SealedStreamTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public void Every_length_comes_back(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        Assert.Equal(plain, Open(Seal(plain)));
    }

    [Theory]
    [InlineData("cut by a byte")]
    [InlineData("cut by a chunk")]
    [InlineData("a byte more")]
    [InlineData("a bit flipped")]
    [InlineData("chunks swapped")]
    [InlineData("a chunk twice")]
    [InlineData("a chunk missing")]
    [InlineData("empty")]
    public void Nothing_else_is_taken_for_it(string damage)
    {
        const int Chunk = Chunks.Sealed;
        var whole = Seal(RandomNumberGenerator.GetBytes(200_000));
        byte[] damaged = damage switch
        {
            "cut by a byte" => whole[..^1],
            "cut by a chunk" => whole[..(3 * Chunk)],
            "a byte more" => [.. whole, 0],
            "a bit flipped" => [.. whole[..70_000], (byte)(whole[70_000] ^ 1), .. whole[70_001..]],
            "chunks swapped" => [.. whole[Chunk..(2 * Chunk)], .. whole[..Chunk], .. whole[(2 * Chunk)..]],
            "a chunk twice" => [.. whole[..Chunk], .. whole],
            "a chunk missing" => whole[Chunk..],
            _ => [],
        };
        Assert.Throws<BackupException>(() => Open(damaged));
    }

    [Fact]
    public void Another_key_opens_nothing()
    {
        using var from = new MemoryStream(Seal([1, 2, 3]));
        using var opening = new OpeningStream(from, RandomNumberGenerator.GetBytes(32));
        Assert.Throws<BackupException>(() => opening.ReadByte());
    }

    private static byte[] Seal(byte[] plain)
    {
        using var to = new MemoryStream();
        using var sealing = new SealingStream(to, Key);
        sealing.Write(plain);
        sealing.Finish();
        return to.ToArray();
    }

    private static byte[] Open(byte[] bytes)
    {
        using var from = new MemoryStream(bytes);
        using var opening = new OpeningStream(from, Key);
        using var plain = new MemoryStream();
        opening.CopyTo(plain);
        return plain.ToArray();
    }
}
