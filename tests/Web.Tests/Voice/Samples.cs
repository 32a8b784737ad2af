using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace VetBooking.Tests.Voice;

/// <summary>Files as they are sent by people and by those who mean no good.</summary>
internal static class Samples
{
    public const string Place = "Secret Lane 7";

    public static byte[] Text => Encoding.UTF8.GetBytes("This is no picture at all, whatever it is called.");

    public static byte[] Svg => Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script><rect width=\"9\" height=\"9\"/></svg>");

    /// <summary>A picture of many colours, so that it does not compress to nothing.</summary>
    public static byte[] Png(int width = 800, int height = 200) => Save(Painted(width, height), new PngEncoder());

    public static byte[] Jpeg(int width = 600, int height = 400) => Save(Painted(width, height), new JpegEncoder());

    public static byte[] Cut => Jpeg()[..5000];

    /// <summary>A photo on its side, with the place it was taken at and a comment.</summary>
    public static byte[] WithPlace
    {
        get
        {
            using var photo = new Image<Rgba32>(400, 300);
            for (var y = 0; y < 300; y++) for (var x = 0; x < 400; x++) photo[x, y] = x < 200 ? new Rgba32(255, 0, 0) : new Rgba32(0, 0, 255);
            var exif = new ExifProfile();
            exif.SetValue(ExifTag.GPSLatitude, [new Rational(52), new Rational(31), new Rational(12)]);
            exif.SetValue(ExifTag.GPSLongitude, [new Rational(13), new Rational(24), new Rational(36)]);
            exif.SetValue(ExifTag.ImageDescription, Place);
            exif.SetValue(ExifTag.Model, "Camera of somebody");
            exif.SetValue(ExifTag.Orientation, (ushort)6);
            photo.Metadata.ExifProfile = exif;
            return Save(photo, new JpegEncoder());
        }
    }

    /// <summary>As cameras write them: only what EXIF says about the size of its dots, and no JFIF header.</summary>
    public static byte[] OfACamera
    {
        get
        {
            var photo = Painted(300, 200);
            photo.Metadata.ExifProfile = new ExifProfile();
            photo.Metadata.ExifProfile.SetValue(ExifTag.XResolution, new Rational(72));
            photo.Metadata.ExifProfile.SetValue(ExifTag.YResolution, new Rational(72));
            photo.Metadata.ExifProfile.SetValue(ExifTag.ResolutionUnit, (ushort)2);
            var file = Save(photo, new JpegEncoder());
            return [.. file[..2], .. file[(4 + ((file[4] << 8) | file[5]))..]];
        }
    }

    public static byte[] Animated
    {
        get
        {
            using var one = new Image<Rgba32>(60, 40, new Rgba32(255, 0, 0));
            using var two = new Image<Rgba32>(60, 40, new Rgba32(0, 0, 255));
            one.Frames.AddFrame(two.Frames.RootFrame);
            return Save(one, new GifEncoder());
        }
    }

    /// <summary>A few bytes that say they are 41 million pixels, and are, once unpacked.</summary>
    public static byte[] Bomb
    {
        get
        {
            const int Width = 8200, Height = 5000;
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) for (var row = 0; row < Height; row++) zlib.Write(new byte[(Width / 8) + 1]);
            var header = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(header, Width);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
            header[8] = 1;
            return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
        }
    }

    private static Image<Rgba32> Painted(int width, int height)
    {
        var picture = new Image<Rgba32>(width, height);
        for (var y = 0; y < height; y++) for (var x = 0; x < width; x++) picture[x, y] = new Rgba32((byte)(x * 7 % 256), (byte)(y * 5 % 256), (byte)((x ^ y) % 256), (byte)(x % 2 == 0 ? 255 : 128));
        return picture;
    }

    private static byte[] Save(Image picture, IImageEncoder encoder)
    {
        using var file = new MemoryStream();
        using (picture) picture.Save(file, encoder);
        return file.ToArray();
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(named));
        return [.. length, .. named, .. sum];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320u;
        }
        return ~crc;
    }
}
