using System.Buffers.Binary;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace VetBooking.Web.Pictures;

/// <summary>
/// How the camera was held, which is all we want of what it wrote (EXIF 2.32, tag 0x0112). Read here: the decoder leaves
/// such data alone, for with its own reading of it the native program refused a photo.
/// </summary>
internal static class CameraTurn
{
    private const ushort Tag = 0x0112;

    private static ReadOnlySpan<byte> Mark => "Exif\0\0"u8;

    /// <summary>From 1, upright, to 8; 1 if nothing is said.</summary>
    public static int Of(ReadOnlySpan<byte> content)
    {
        var at = content[..Math.Min(content.Length, 1 << 17)].IndexOf(Mark);
        return at < 0 ? 1 : Read(content[(at + Mark.Length)..]);
    }

    /// <summary>Turns a picture upright.</summary>
    public static void Undo(Image<Rgba32> picture, int turn) => picture.Mutate(one => one.RotateFlip(
        turn switch { 3 => RotateMode.Rotate180, 5 or 6 => RotateMode.Rotate90, 7 or 8 => RotateMode.Rotate270, _ => RotateMode.None },
        turn switch { 2 or 5 or 7 => FlipMode.Horizontal, 4 => FlipMode.Vertical, _ => FlipMode.None }));

    private static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || Number(tiff, 4, 4) is not (>= 8 and var start) || start + 2 > tiff.Length) return 1;
        var entries = Number(tiff, (int)start, 2);
        for (var at = start + 2; entries > 0 && at + 12 <= tiff.Length; at += 12, entries--)
        {
            if (Number(tiff, (int)at, 2) == Tag) return Number(tiff, (int)at + 8, 2) is >= 1 and <= 8 and var turn ? (int)turn : 1;
        }
        return 1;
    }

    /// <summary>A number of two or four bytes, in the order that the header names.</summary>
    private static long Number(ReadOnlySpan<byte> tiff, int at, int length) => (tiff[0] == 'M', length) switch
    {
        (true, 2) => BinaryPrimitives.ReadUInt16BigEndian(tiff[at..]),
        (true, _) => BinaryPrimitives.ReadUInt32BigEndian(tiff[at..]),
        (false, 2) => BinaryPrimitives.ReadUInt16LittleEndian(tiff[at..]),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(tiff[at..]),
    };
}
