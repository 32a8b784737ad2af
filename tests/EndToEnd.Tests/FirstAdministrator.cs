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

    /// <summary>Goes through the steps of the set-up, and says only what nobody can guess.</summary>
    public async Task SetsUp(string cookie)
    {
        await Sends("/praxis/einrichtung/angaben", cookie, new()
        {
            ["phone"] = "030 23125 300", ["street"] = "Lindenweg 3", ["postcode"] = "10115", ["city"] = "Berlin", ["owners"] = "Dr. Mia Berg",
            ["chamber"] = "Tierärztekammer Berlin", ["title_state"] = "Deutschland", ["professional_code"] = "Berufsordnung der Tierärztekammer Berlin",
        });
        await Sends("/praxis/einrichtung/zeiten", cookie, new() { ["tag-6"] = "8–12", ["tag-7"] = "8–12", ["land"] = "BE" });
        await Sends("/praxis/einrichtung/team", cookie, new() { ["tieraerzte"] = "Dr. Berg", ["raeume"] = "1" });
        await Sends("/praxis/einrichtung/anliegen", cookie, []);
    }

    /// <summary>Changes some fields of a staff page's form and sends it with all the others.</summary>
    private async Task Sends(string path, string cookie, Dictionary<string, string> typed)
    {
        using var open = new HttpRequestMessage(HttpMethod.Get, instance.Url(path));
        open.Headers.Add("Cookie", cookie);
        using var page = await instance.Http.SendAsync(open);
        var html = await page.Content.ReadAsStringAsync();
        var form = Input().Matches(html[html.IndexOf("<main", StringComparison.Ordinal)..])
            .Where(input => !input.Value.Contains("checkbox", StringComparison.Ordinal) || input.Value.Contains(" checked", StringComparison.Ordinal))
            .Select(input => KeyValuePair.Create(input.Groups[1].Value, WebUtility.HtmlDecode(input.Groups[2].Value)))
            .Where(field => !typed.ContainsKey(field.Key));
        using var send = new HttpRequestMessage(HttpMethod.Post, instance.Url(path)) { Content = new FormUrlEncodedContent(form.Concat(typed)) };
        send.Headers.Add("Cookie", cookie);
        using var answer = await instance.Http.SendAsync(send);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
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
        var hash = HMACSHA1.HashData(secret.ToArray(), counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFF_FFFF) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("name=\"geheimnis\" value=\"([^\"]+)\"")]
    private static partial Regex Sealed();

    [GeneratedRegex("class=\"code\">([A-Z2-7 ]+)<")]
    private static partial Regex Written();

    [GeneratedRegex("<input[^>]* name=\"([^\"]+)\"[^>]* value=\"([^\"]*)\"[^>]*>")]
    private static partial Regex Input();
}
