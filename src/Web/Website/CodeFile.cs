using System.Globalization;
using System.Text;
using QRCoder;
using VetBooking.Web.SignIn.Proof;

namespace VetBooking.Web.Website;

/// <summary>A QR code as a file to take along: black on white with its quiet zone, whatever it is put on.</summary>
internal static class CodeFile
{
    private const int LeastPixels = 1000;

    /// <summary>As a drawing, sharp at any size.</summary>
    public static byte[] Svg(string content)
    {
        using var code = QrCode.Of(content);
        var side = code.ModuleMatrix.Count;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="60mm" height="60mm" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{QrCode.Path(code)}"/></svg>"""));
    }

    /// <summary>As a picture: every square is a whole number of pixels wide, so that none is blurred.</summary>
    public static byte[] Png(string content)
    {
        using var code = QrCode.Of(content);
        using var picture = new PngByteQRCode(code);
        return picture.GetGraphic((LeastPixels + code.ModuleMatrix.Count - 1) / code.ModuleMatrix.Count);
    }
}
