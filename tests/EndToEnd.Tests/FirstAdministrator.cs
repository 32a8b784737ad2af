using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace VetBooking.Tests.EndToEnd;

/// <summary>Whoever got the link of <c>vetbooking init</c>, with a browser and an authenticator app.</summary>
public sealed partial class FirstAdministrator(Instance instance)
{
    /// <summary>Chooses a password and an app; answers the cookie of the session that begins.</summary>
    public async Task<string> SignsUp(string link)
    {
        using var named = await instance.Http.PostAsync(instance.Url(link), Form(new() { ["name"] = "Dr. Mia Berg", ["email"] = "mia@praxis.example" }));
        Assert.Equal(HttpStatusCode.SeeOther, named.StatusCode);
        var invitation = named.Headers.Location!.ToString();
        var page = await instance.Http.GetStringAsync(instance.Url(invitation));
        using var chosen = await instance.Http.PostAsync(instance.Url(invitation), Form(new()
        {
            ["neues-passwort"] = "Nebel über dem Tisch",
            ["geheimnis"] = Sealed().Match(page).Groups[1].Value,
            ["code"] = Code(Written().Match(page).Groups[1].Value),
        }));
        Assert.Equal("/praxis/konto/codes", chosen.Headers.Location?.ToString());
        return chosen.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Fills in the form of a staff page and sends it.</summary>
    public async Task<HttpResponseMessage> Sends(string path, string cookie, Dictionary<string, string> fields)
    {
        using var open = new HttpRequestMessage(HttpMethod.Get, instance.Url(path));
        open.Headers.Add("Cookie", cookie);
        using var page = await instance.Http.SendAsync(open);
        var token = FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var send = new HttpRequestMessage(HttpMethod.Post, instance.Url(path)) { Content = Form(new(fields) { ["form-token"] = token }) };
        send.Headers.Add("Cookie", cookie);
        return await instance.Http.SendAsync(send);
    }

    private static FormUrlEncodedContent Form(Dictionary<string, string> fields) => new(fields);

    private static string Code(string written)
    {
        var (secret, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var one in written.Where(one => one != ' '))
        {
            (buffer, bits) = ((buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(one, StringComparison.Ordinal)) & 0xFFFF, bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            secret.Add((byte)(buffer >> bits & 255));
        }
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // As authenticator apps have it.
        var hash = HMACSHA1.HashData([.. secret], counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFF_FFFF) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("name=\"geheimnis\" value=\"([^\"]+)\"")]
    private static partial Regex Sealed();

    [GeneratedRegex("class=\"code\">([A-Z2-7 ]+)<")]
    private static partial Regex Written();

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
