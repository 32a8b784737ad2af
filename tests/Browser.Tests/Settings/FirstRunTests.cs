using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.Settings;

/// <summary>From <c>vetbooking init</c> to the first appointment booked online, by the path of the first run alone.</summary>
public sealed class FirstRunTests(Stage stage) : IClassFixture<Stage>
{
    private int fields;
    private int presses;
    private int pictures;

    [BrowserFact]
    public async Task From_init_to_the_first_appointment_booked_online()
    {
        await using var practice = await NewPractice.Make();
        var context = await stage.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 900, Height = 700 }, Locale = "de", TimezoneId = "Europe/Berlin", ReducedMotion = ReducedMotion.Reduce });
        await using var _ = context;
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();

        // Who leads the practice.
        await page.GotoAsync(practice.Address + practice.SetUp);
        await Type(page, ("#name", "Dr. Ada Muster"), ("#email", "ada@lindenhof.example"));
        await Picture(page);
        await Press(page, "main .btn");
        await Type(page, ("#neues-passwort", "Nebel über dem Tisch"), ("#code", Code(await page.InnerTextAsync("b.code"))));
        await Press(page, "section:has(#neues-passwort) .btn >> nth=-1");
        await page.WaitForURLAsync("**/praxis/konto/codes");

        // The five steps.
        await page.GotoAsync(practice.Address + "/praxis/einrichtung");
        Assert.Contains("0 von 5", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Picture(page);
        await Press(page, ".row .btn");
        await Type(page, ("#street", "Lindenweg 3"), ("#postcode", "10115"), ("#city", "Berlin"), ("#phone", "030 23125 300"), ("#owners", "Dr. med. vet. Ada Muster"),
            ("#chamber", "Tierärztekammer Berlin"), ("#title_state", "Deutschland"), ("#professional_code", "Berufsordnung der Tierärztekammer Berlin"));
        await Picture(page);
        await Press(page, "form.sheet .btn");
        await page.SelectOptionAsync("#land", "BE");
        fields++;
        await Picture(page);
        await Press(page, "form.sheet .btn");
        await Type(page, ("#tieraerzte", "Dr. Ada Muster"));
        await Picture(page);
        await Press(page, "form.sheet .btn");
        await Picture(page);
        await Press(page, "form.sheet .btn");
        Assert.Contains("4 von 5", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Press(page, ".row .btn");
        await Press(page, "form[action$=freigabe] button");
        await page.GotoAsync(practice.Address + "/praxis/einrichtung");
        Assert.Contains("5 von 5", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Die erste freie Zeit", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Picture(page);

        // An owner books.
        await Press(page, "a[href='/buchen']");
        var (ours, theirs) = (fields, presses);
        await page.CheckAsync("input[value=impfung]");
        await Press(page, "form.body .row .btn");
        await page.CheckAsync("input[name=art-0][value=dog]");
        await Type(page, ("#name-0", "Balu"));
        await Press(page, "form.body .row .btn:not([name=mehr])");
        await Press(page, "form.next button");
        await Type(page, ("#name", "Erika Mustermann"), ("#email", "erika@kunde.example"));
        // Faster than any person is taken for a machine.
        await Task.Delay(3000);
        await Press(page, "form.body .row .btn");
        await page.WaitForURLAsync("**/buchen/fertig/**");
        await Picture(page);
        // What has to be done before the first appointment stays this little: at ten seconds a field, five minutes.
        Assert.True(ours <= 15 && theirs <= 12, $"{ours} fields, {theirs} presses");
    }

    private async Task Type(IPage page, params (string Field, string Text)[] typed)
    {
        foreach (var (field, text) in typed) await page.FillAsync(field, text);
        fields += typed.Length;
    }

    private async Task Press(IPage page, string button)
    {
        await page.ClickAsync(button);
        await page.WaitForLoadStateAsync();
        presses++;
    }

    private async Task Picture(IPage page, [CallerFilePath] string here = "")
    {
        pictures++;
        if (Environment.GetEnvironmentVariable("UPDATE_PICTURES") is null) return;
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/screenshots"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"first-run-{pictures}.png")) });
    }

    /// <summary>What an authenticator app shows for a secret as it is written on the page.</summary>
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
}
