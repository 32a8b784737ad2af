using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Quantization;

namespace VetBooking.Web.Pictures;

/// <summary>A picture as this program has drawn it: its pixels and nothing else of the file it came from.</summary>
/// <param name="Content">The file.</param>
/// <param name="IsPng">A PNG, rather than a JPEG.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record Drawn(byte[] Content, bool IsPng, int Width, int Height)
{
    /// <summary>No picture of a page is larger, in bytes.</summary>
    public const int MostBytes = 40 * 1024;

    /// <summary>The longer edge of a photo that an owner sent, in pixels.</summary>
    public const int SentEdge = 1280;

    /// <summary>No such photo is larger, in bytes.</summary>
    public const int MostSentBytes = 400 * 1024;

    /// <summary>The edge of a photo, in pixels: twice what is shown on most screens, and more.</summary>
    public const int PhotoEdge = 240;

    /// <summary>The box a logo fits into, in pixels.</summary>
    public static readonly Size LogoBox = new(480, 160);

    /// <summary>A logo, never larger than it was, with its transparency.</summary>
    internal static Drawn Logo(Image<Rgba32> picture)
    {
        for (var box = LogoBox; ; box = new Size(box.Width * 3 / 4, box.Height * 3 / 4))
        {
            using var logo = picture.Clone(one =>
            {
                if (picture.Width > box.Width || picture.Height > box.Height) one.Resize(new ResizeOptions { Size = box, Mode = ResizeMode.Max, Sampler = KnownResamplers.Lanczos3 });
            });
            // A palette is less than half as large, and on a logo nobody sees it.
            foreach (var encoder in new[] { Png(palette: false), Png(palette: true) })
            {
                if (Encode(logo, encoder) is { Length: <= MostBytes } content) return new Drawn(content, true, logo.Width, logo.Height);
            }
        }
    }

    /// <summary>A photo: the square in its middle.</summary>
    internal static Drawn Photo(Image<Rgba32> picture)
    {
        picture.Mutate(one => one.Resize(new ResizeOptions { Size = new Size(PhotoEdge, PhotoEdge), Mode = ResizeMode.Crop }).BackgroundColor(Color.White));
        for (var quality = 84; ; quality -= 12)
        {
            if (Encode(picture, new JpegEncoder { Quality = quality }) is { Length: <= MostBytes } content) return new Drawn(content, false, PhotoEdge, PhotoEdge);
        }
    }

    /// <summary>A photo that an owner sent: all of it, large enough to look closely.</summary>
    internal static Drawn Sent(Image<Rgba32> picture)
    {
        picture.Mutate(one => one.BackgroundColor(Color.White));
        for (var (edge, quality) = (SentEdge, 80); ; (edge, quality) = quality > 50 ? (edge, quality - 10) : (edge * 3 / 4, quality))
        {
            if (picture.Width > edge || picture.Height > edge) picture.Mutate(one => one.Resize(new ResizeOptions { Size = new Size(edge, edge), Mode = ResizeMode.Max }));
            if (Encode(picture, new JpegEncoder { Quality = quality }) is { Length: <= MostSentBytes } content) return new Drawn(content, false, picture.Width, picture.Height);
        }
    }

    private static PngEncoder Png(bool palette) => new()
    {
        IgnoreMetadata = true,
        CompressionLevel = PngCompressionLevel.BestCompression,
        ColorType = palette ? PngColorType.Palette : PngColorType.RgbWithAlpha,
        BitDepth = PngBitDepth.Bit8,
        Quantizer = palette ? new WuQuantizer(new QuantizerOptions { MaxColors = 256 }) : null,
    };

    private static byte[] Encode(Image<Rgba32> picture, SixLabors.ImageSharp.Formats.IImageEncoder encoder)
    {
        // Where it was taken, by which camera, its small picture of before it was cut: none of that is anybody's business.
        (picture.Metadata.ExifProfile, picture.Metadata.IptcProfile, picture.Metadata.XmpProfile, picture.Metadata.IccProfile) = (null, null, null, null);
        using var file = new MemoryStream();
        picture.Save(file, encoder);
        return file.ToArray();
    }
}
