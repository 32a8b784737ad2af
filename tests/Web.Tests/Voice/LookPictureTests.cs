using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using VetBooking.Web.Pictures;

namespace VetBooking.Tests.Voice;

/// <summary>What comes from outside never goes on as it came, and what is no picture goes nowhere.</summary>
public sealed class LookPictureTests
{
    public static IEnumerable<TheoryDataRow<string, PictureFault>> Wrong() =>
    [
        new(nameof(Samples.Text), PictureFault.NotAPicture),
        new(nameof(Samples.Svg), PictureFault.Svg),
        new(nameof(Samples.Cut), PictureFault.Broken),
        new(nameof(Samples.Bomb), PictureFault.TooManyPixels),
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_whole_picture_is_refused_for_what_it_is(string sample, PictureFault fault)
    {
        var content = (byte[])typeof(Samples).GetProperty(sample)!.GetValue(null)!;
        foreach (var isPhoto in (bool[])[true, false]) Assert.Equal(new PictureAnswer.Refused(fault), PictureIntake.Read(content, isPhoto));
    }

    [Fact]
    public void A_picture_cut_anywhere_or_with_any_byte_broken_is_refused_or_drawn_and_throws_nothing()
    {
        foreach (var whole in (byte[][])[Samples.Jpeg(90, 60), Samples.Png(90, 60), Samples.Animated])
        {
            for (var at = 0; at < whole.Length; at += 37)
            {
                PictureIntake.Read(whole[..at], isPhoto: true);
                var broken = whole.ToArray();
                broken[at] ^= 0x55;
                if (PictureIntake.Read(broken, isPhoto: false) is PictureAnswer.Taken { Picture: var drawn }) Assert.InRange(drawn.Content.Length, 1, Drawn.MostBytes);
            }
        }
    }

    [Fact]
    public void Nothing_of_where_a_photo_was_taken_is_left_and_it_stands_upright()
    {
        var sent = Samples.WithPlace;
        Assert.Contains(Samples.Place, Encoding.Latin1.GetString(sent), StringComparison.Ordinal);
        var photo = Taken(sent, isPhoto: true);
        var text = Encoding.Latin1.GetString(photo.Content);
        Assert.All((string[])["Exif", Samples.Place, "Camera", "ICC_PROFILE", "http://ns.adobe.com"], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        using var seen = Image.Load<Rgba32>(photo.Content);
        Assert.Null(seen.Metadata.ExifProfile);
        Assert.Equal((240, 240, 240, 240), (photo.Width, photo.Height, seen.Width, seen.Height));
        // Red was on the left of a camera held on its side: it is on top.
        Assert.True(seen[120, 20].R > 200 && seen[120, 220].B > 200);
    }

    [Fact]
    public void A_logo_fits_into_its_box_keeps_its_shape_and_its_transparency()
    {
        var logo = Taken(Samples.Png(1200, 300), isPhoto: false);
        Assert.True(logo.IsPng);
        Assert.Equal(4.0, (double)logo.Width / logo.Height, 1);
        Assert.InRange(logo.Width, 120, 480);
        Assert.InRange(logo.Content.Length, 1, Drawn.MostBytes);
        using var clear = new Image<Rgba32>(30, 20);
        using var file = new MemoryStream();
        clear.SaveAsPng(file);
        var small = Taken(file.ToArray(), isPhoto: false);
        Assert.Equal((30, 20), (small.Width, small.Height));
        Assert.Equal(0, Image.Load<Rgba32>(small.Content)[10, 10].A);
    }

    [Fact]
    public void A_photo_as_cameras_write_them_is_drawn() => Assert.Equal(240, Taken(Samples.OfACamera, isPhoto: true).Width);

    [Fact]
    public void An_animation_becomes_its_first_picture()
    {
        var logo = Taken(Samples.Animated, isPhoto: false);
        using var seen = Image.Load<Rgba32>(logo.Content);
        Assert.Single(seen.Frames);
        Assert.True(seen[30, 20] is { R: > 200, B: < 50 });
    }

    [Fact]
    public void The_smallest_and_the_longest_pictures_are_drawn()
    {
        Assert.Equal((1, 1), (Taken(Samples.Png(1, 1), isPhoto: false).Width, Taken(Samples.Png(1, 1), isPhoto: false).Height));
        Assert.Equal(480, Taken(Samples.Png(4000, 2), isPhoto: false).Width);
        Assert.Equal(240, Taken(Samples.Jpeg(2000, 3), isPhoto: true).Height);
    }

    private static Drawn Taken(byte[] content, bool isPhoto) => Assert.IsType<PictureAnswer.Taken>(PictureIntake.Read(content, isPhoto)).Picture;
}
