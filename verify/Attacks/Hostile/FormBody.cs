using System.Text;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>Forms as browsers send them, but for one field that holds whatever is wanted.</summary>
internal static class FormBody
{
    private const string Boundary = "----verifyHostile7d4c";

    /// <summary>The form as it is, or with bytes in the place of one field's value.</summary>
    public static Shot Of(Sheet sheet, int at = -1, byte[]? bytes = null)
    {
        var body = new MemoryStream();
        for (var i = 0; i < sheet.Fields.Count; i++)
        {
            var (name, value) = sheet.Fields[i];
            // A session's token goes along as a header, unless it is what is tampered with: the one on the page may be an earlier session's.
            if (name == "form-token" && i != at) continue;
            var said = i == at ? bytes! : Encoding.UTF8.GetBytes(value);
            if (sheet.IsMultipart) Part(body, name, said, i == at && value.Length == 0);
            else body.Write(Encoding.ASCII.GetBytes($"{(body.Length > 0 ? "&" : "")}{Uri.EscapeDataString(name)}={Escaped(said)}"));
        }
        if (sheet.IsMultipart) body.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return new Shot(sheet.Method, Encoding.ASCII.GetBytes(sheet.Path), [], body.ToArray())
            .And("Content-Type", sheet.IsMultipart ? "multipart/form-data; boundary=" + Boundary : "application/x-www-form-urlencoded").And("Sec-Fetch-Site", "same-origin");
    }

    /// <summary>Bytes as they may stand in an address or a form.</summary>
    public static string Escaped(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 3);
        foreach (var one in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)one) || one is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~') text.Append((char)one);
            else text.Append('%').Append(Convert.ToHexString([one]));
        }
        return text.ToString();
    }

    private static void Part(MemoryStream body, string name, byte[] bytes, bool isFile)
    {
        body.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{(isFile ? "; filename=\"x.csv\"\r\nContent-Type: text/csv" : "")}\r\n\r\n"));
        body.Write(bytes);
        body.Write("\r\n"u8);
    }
}
