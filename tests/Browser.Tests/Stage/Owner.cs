using System.Globalization;
using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>Somebody who books, in a browser. Finds its way by what fields are called, so it can do so in any language.</summary>
internal sealed class Owner(IPage page, PracticeServer practice, Device device, Watch watch) : IAsyncDisposable
{
    private static int counter;

    public IPage Page => page;

    public Device Device => device;

    public Watch Watch => watch;

    public PracticeServer Practice => practice;

    public string Name { get; init; } = "Ayşe Öztürk";

    public string Email { get; init; } = string.Create(CultureInfo.InvariantCulture, $"owner-{Interlocked.Increment(ref counter)}@kunde.example");

    public ValueTask DisposeAsync() => page.Context.DisposeAsync();

    public Task Open(string path) => page.GotoAsync(practice.Address + path + (device.Language == "de" ? "" : "?lang=" + device.Language));

    /// <summary>Lets the page arrive, and counts requests and bytes from here on.</summary>
    public async Task CountFromHere()
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        watch.Recount();
    }

    /// <summary>Presses the button that leads on.</summary>
    public Task Next() => Go("main form.body .row .btn:not([name=mehr])");

    public async Task Reason(string visitType)
    {
        await Open("/buchen");
        await page.CheckAsync($"input[value={visitType}]");
        await Next();
    }

    public async Task NoRedFlags()
    {
        await page.CheckAsync("input[value=keines]");
        await Next();
    }

    public async Task Animal(int nth, string name, string species, string born = "")
    {
        await page.CheckAsync($"input[name=art-{nth}][value={species}]");
        await page.FillAsync($"#name-{nth}", name);
        await page.FillAsync($"#geboren-{nth}", born);
    }

    /// <summary>Up to the times, for one dog that gets its vaccination.</summary>
    public async Task UpToTimes()
    {
        await Reason("impfung");
        await Animal(0, "Balu", "dog", "2021");
        await Next();
    }

    /// <summary>Up to the contact form, for some time in three or more open days: late enough to be cancelled online.</summary>
    public async Task UpToContact()
    {
        await UpToTimes();
        await SomeDay();
        await FirstTime();
    }

    public Task SomeDay() => Go(".days li:nth-child(n+4) a:not(.no)");

    public Task FirstTime() => Go(".slots button");

    public async Task Contact(string? name = null, string? email = null)
    {
        await page.FillAsync("#name", name ?? Name);
        await page.FillAsync("#email", email ?? Email);
        await Next();
    }

    /// <summary>All the way to the page that says that the time is held.</summary>
    public async Task Hold()
    {
        await UpToContact();
        await Contact();
        await page.WaitForURLAsync("**/buchen/fertig/**");
    }

    /// <summary>Opens the link from the mail.</summary>
    public async Task OpenMail() => await Open("/termin/" + await Mailbox.LinkFor(practice, Email));

    public Task Press(string pathEnd) => Go($"form[action*='{pathEnd}'] button");

    public Task Follow(string pathEnd) => Go($"main a[href*='{pathEnd}']");

    /// <summary>Clicks on the first of these and lets the page it leads to arrive, style sheet included.</summary>
    private async Task Go(string selector)
    {
        await page.Locator(selector).First.ClickAsync();
        await page.WaitForLoadStateAsync(LoadState.Load);
    }
}
