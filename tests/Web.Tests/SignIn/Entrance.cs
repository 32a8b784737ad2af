using System.Text.Json.Nodes;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Demo;
using VetBooking.Web.SignIn.Proof;

namespace VetBooking.Tests.SignIn;

/// <summary>Somebody at the door of the demo practice.</summary>
internal static class Entrance
{
    public const string Weber = "weber@praxis-am-park.example";
    public const string Jansen = "empfang@praxis-am-park.example";

    /// <summary>Sends a form and follows nothing.</summary>
    public static Task<HttpResponseMessage> Send(this RunningPractice practice, string path, params (string Name, string Value)[] fields) =>
        Send(practice.Http, path, fields);

    public static async Task<HttpResponseMessage> Send(HttpClient http, string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await http.PostAsync(path, content);
    }

    /// <summary>Email and password; answers what the next page carries.</summary>
    public static async Task<string> Step(this RunningPractice practice, string email, string password = DemoAccounts.Password, string back = "")
    {
        using var answer = await practice.Send("/praxis/anmelden", ("email", email), ("passwort", password), ("zurueck", back));
        Assert.Equal(303, (int)answer.StatusCode);
        return Uri.UnescapeDataString(answer.Headers.Location!.ToString().Split("schritt=")[1]);
    }

    /// <summary>The code an account's app shows.</summary>
    public static string Code(this RunningPractice practice, string email) => Totp.CodeAt(Secret(email), practice.Clock.GetCurrentInstant());

    public static byte[] Secret(string email)
    {
        var text = DemoAccounts.SignIns.First(one => one.Email == email).TotpSecret;
        return FromBase32(text);
    }

    /// <summary>All the way in, with password and code.</summary>
    public static async Task<Desk> SignIn(this RunningPractice practice, string email, string password = DemoAccounts.Password)
    {
        using var answer = await practice.Send("/praxis/anmelden/code", ("schritt", await practice.Step(email, password)), ("code", practice.Code(email)));
        Assert.Equal(303, (int)answer.StatusCode);
        return practice.DeskOf(answer);
    }

    /// <summary>The desk behind the cookie of an answer.</summary>
    public static Desk DeskOf(this RunningPractice practice, HttpResponseMessage answer)
    {
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        return new Desk(0, cookie.Split('=', 2)[1].Split(';')[0], practice.Http.BaseAddress!);
    }

    /// <summary>What a page's script asks before it asks the authenticator.</summary>
    public static async Task<(JsonNode Options, string State)> Ask(HttpClient http, string path, string formToken = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("form-token", formToken.Length > 0 ? formToken : "-");
        using var answer = await http.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (json["options"]!, (string)json["state"]!);
    }

    public static byte[] FromBase32(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var one in text.Where(one => one != ' '))
        {
            (buffer, bits) = ((buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(one, StringComparison.Ordinal)) & 0xFFFF, bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits & 255));
        }
        return [.. bytes];
    }

    /// <summary>The code for the app whose secret a page shows.</summary>
    public static string CodeOn(this RunningPractice practice, Seen page) =>
        Totp.CodeAt(FromBase32(page.Find(".app .code").TextContent), practice.Clock.GetCurrentInstant());

    public static void Wait(this RunningPractice practice, int seconds = 60) => practice.Clock.Advance(Duration.FromSeconds(seconds));
}
