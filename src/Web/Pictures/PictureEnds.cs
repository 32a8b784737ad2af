using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;

namespace VetBooking.Web.Pictures;

/// <summary>Whether a file goes on to the end of its picture.</summary>
internal static class PictureEnds
{
    private const byte Marker = 0xFF;
    private const byte StartOfImage = 0xD8;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>Whether the mark is there that ends a picture of this format; formats without one are left to their decoder.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> content, IImageFormat format) => format switch
    {
        JpegFormat => Scans(content).IndexOf([Marker, EndOfImage]) >= 0,
        PngFormat => content.IndexOf("IEND"u8) >= 0,
        _ => true,
    };

    /// <summary>What follows the headers of a JPEG: in there, the end cannot be that of a small picture inside a header.</summary>
    private static ReadOnlySpan<byte> Scans(ReadOnlySpan<byte> content)
    {
        var at = content.IndexOf([Marker, StartOfImage]) + 2;
        while (at + 4 <= content.Length && content[at] == Marker)
        {
            if (content[at + 1] == StartOfScan) return content[at..];
            at += content[at + 1] == Marker ? 1 : 2 + ((content[at + 2] << 8) | content[at + 3]);
        }
        return [];
    }
}
