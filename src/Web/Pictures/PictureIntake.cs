using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace VetBooking.Web.Pictures;

/// <summary>Why a file does not become a picture.</summary>
public enum PictureFault
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>More bytes than are read.</summary>
    TooLarge,

    /// <summary>A drawing that may hold scripts.</summary>
    Svg,

    /// <summary>Nothing that is known here as a picture, whatever it is called.</summary>
    NotAPicture,

    /// <summary>More pixels than fit into the memory of a small machine.</summary>
    TooManyPixels,

    /// <summary>A picture that breaks off, or cannot be decoded.</summary>
    Broken,
}

/// <summary>What becomes of a file that was sent.</summary>
public abstract record PictureAnswer
{
    private PictureAnswer() { }

    /// <summary>A picture, drawn anew.</summary>
    public sealed record Taken(Drawn Picture) : PictureAnswer;

    /// <summary>None.</summary>
    public sealed record Refused(PictureFault Because) : PictureAnswer;
}

/// <summary>
/// Takes a file from outside and hands on a picture of our own making. What it is, its bytes say, not its name; how large it
/// is, its header, before anything is decoded.
/// </summary>
internal static class PictureIntake
{
    /// <summary>A file longer than this is refused.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    private const long MostPixels = 40_000_000;

    // 40 million pixels of four bytes, and the coefficients of a JPEG of that size.
    private const int MostMegabytes = 400;

    private static readonly Configuration Known = new(new JpegConfigurationModule(), new PngConfigurationModule(), new WebpConfigurationModule(), new GifConfigurationModule())
    {
        MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { AllocationLimitMegabytes = MostMegabytes, MaximumPoolSizeMegabytes = 1 }),
        MaxDegreeOfParallelism = 1,
    };

    private static readonly SemaphoreSlim OneAtATime = new(1);

    static PictureIntake()
    {
        // Only the first picture of an animation is looked at, so a long one costs no more than a short one.
        Known.ImageFormatsManager.SetDecoder(JpegFormat.Instance, new JpegDecoder { IgnoreMetadata = true });
        Known.ImageFormatsManager.SetDecoder(PngFormat.Instance, new PngDecoder { IgnoreMetadata = true });
        Known.ImageFormatsManager.SetDecoder(WebpFormat.Instance, new WebpDecoder { IgnoreMetadata = true });
        Known.ImageFormatsManager.SetDecoder(GifFormat.Instance, new GifDecoder { DecodingMode = FrameDecodingMode.First, IgnoreMetadata = true });
    }

    /// <summary>Reads a file as a logo or, if <paramref name="isPhoto"/>, as somebody's photo.</summary>
    public static async Task<PictureAnswer> Read(IFormFile? file, bool isPhoto)
    {
        if (file is null or { Length: 0 }) return new PictureAnswer.Refused(PictureFault.Missing);
        if (file.Length > MostBytes) return new PictureAnswer.Refused(PictureFault.TooLarge);
        var content = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(content);
        await OneAtATime.WaitAsync();
        try
        {
            return Read(content, isPhoto);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Reads a photo that an owner sent.</summary>
    public static async Task<PictureAnswer> ReadSent(byte[] content)
    {
        await OneAtATime.WaitAsync();
        try
        {
            return Read(content, Drawn.Sent);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Reads the content of a file.</summary>
    public static PictureAnswer Read(byte[] content, bool isPhoto) => Read(content, isPhoto ? Drawn.Photo : Drawn.Logo);

    private static PictureAnswer Read(byte[] content, Func<Image<Rgba32>, Drawn> draw)
    {
        try
        {
            if (Image.Identify(Known, content, out var format) is not { } header || format is null) return new PictureAnswer.Refused(IsSvg(content) ? PictureFault.Svg : PictureFault.NotAPicture);
            if ((long)header.Width * header.Height > MostPixels) return new PictureAnswer.Refused(PictureFault.TooManyPixels);
            // Decoders make do with half a picture and paint the rest grey.
            if (!PictureEnds.IsWhole(content, format)) return new PictureAnswer.Refused(PictureFault.Broken);
            using var picture = Image.Load<Rgba32>(Known, content);
            CameraTurn.Undo(picture, CameraTurn.Of(content));
            return new PictureAnswer.Taken(draw(picture));
        }
#pragma warning disable CA1031 // A decoder may stumble over a crafted file in any way; to whoever sent it, it is the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new PictureAnswer.Refused(PictureFault.Broken);
        }
    }

    private static bool IsSvg(byte[] content)
    {
        var beginning = System.Text.Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, 4096)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return beginning.StartsWith('<') && beginning.Contains("<svg", StringComparison.OrdinalIgnoreCase);
    }
}
