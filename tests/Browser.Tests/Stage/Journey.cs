namespace VetBooking.Tests.Browser;

/// <summary>The whole way of one owner, wrong turns included: every page there is, shown one after the other.</summary>
internal static class Journey
{
    /// <summary>Walks through all pages and calls <paramref name="shown"/> at each with its name.</summary>
    public static async Task Walk(Owner owner, Func<string, Task> shown)
    {
        await Answer(owner, shown);
        await Book(owner, shown);
        await Change(owner, shown);
        await Around(owner, shown);
    }

    /// <summary>The steps up to the times: a sick animal, red flags, and two animals of different species.</summary>
    public static async Task Answer(Owner owner, Func<string, Task> shown)
    {
        var page = owner.Page;
        await owner.Open("/buchen");
        await shown("reason");
        await owner.Next();
        await shown("reason-wrong");
        await page.CheckAsync("input[value=krank]");
        await owner.Next();
        await shown("flags");
        await owner.Next();
        await shown("flags-wrong");
        await page.CheckAsync("#zeichen-0");
        await owner.Next();
        await shown("call");
        await page.GoBackAsync();
        await owner.CountFromHere();
        await page.UncheckAsync("#zeichen-0");
        await owner.NoRedFlags();
        await shown("animals");
        await owner.Next();
        await shown("animals-wrong");
        await owner.Animal(0, "Balu", "dog", "2021");
        await page.ClickAsync("button[name=mehr]");
        await shown("animals-two");
        await owner.Animal(1, "Mimi", "cat");
        await owner.Next();
    }

    private static async Task Book(Owner owner, Func<string, Task> shown)
    {
        await shown("times");
        await owner.SomeDay();
        await shown("times-day");
        await owner.FirstTime();
        await shown("contact");
        await owner.Contact("", "ayse@beispiel");
        await shown("contact-wrong");
        await owner.Contact();
        await owner.Page.WaitForURLAsync("**/buchen/fertig/**");
        await shown("held");
    }

    private static async Task Change(Owner owner, Func<string, Task> shown)
    {
        var page = owner.Page;
        await owner.OpenMail();
        await shown("link-held");
        await owner.Press("/bestaetigung");
        await shown("booked");
        var file = await page.RunAndWaitForDownloadAsync(() => owner.Follow("/kalender.ics"));
        Assert.Contains("BEGIN:VEVENT", await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);
        await owner.Follow("/verschiebung");
        await shown("move");
        await owner.SomeDay();
        await owner.CountFromHere();
        await page.Locator(".slots button").Last.ClickAsync();
        await shown("moved");
        await owner.Follow("/absage");
        await shown("cancel");
        await owner.Press("/absage");
        await shown("cancelled");
        await owner.Press("/rueckgaengig");
        await shown("taken-back");
    }

    private static async Task Around(Owner owner, Func<string, Task> shown)
    {
        foreach (var (path, name) in new[] { ("/gibt-es-nicht", "not-found"), ("/", "home"), ("/impressum", "imprint"), ("/datenschutz", "privacy"), ("/barrierefreiheit", "accessibility") })
        {
            await owner.Open(path);
            await shown(name);
        }
    }
}
