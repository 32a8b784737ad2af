using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>A QR code as a drawing inside the page: nothing is fetched, nobody else sees what is in it.</summary>
internal static class QrCode
{
    /// <summary>The drawing; <paramref name="label"/> says what it is to whoever cannot see it.</summary>
    public static HtmlString Svg(string content, string label)
    {
        using var code = Of(content);
        return new HtmlString(string.Create(CultureInfo.InvariantCulture,
            $"<svg class=\"qr\" viewBox=\"0 0 {code.ModuleMatrix.Count} {code.ModuleMatrix.Count}\" role=\"img\" aria-label=\"{System.Net.WebUtility.HtmlEncode(label)}\"><path d=\"{Path(code)}\"/></svg>"));
    }

    /// <summary>The code itself, at error correction M, which a fold or a stain of a seventh of it does not spoil.</summary>
    public static QRCodeData Of(string content)
    {
        using var generator = new QRCodeGenerator();
        return generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
    }

    /// <summary>The dark squares as the path of a drawing, one unit each, with the quiet zone around them.</summary>
    public static StringBuilder Path(QRCodeData code)
    {
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (rows[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }
        return path;
    }
}
