namespace VetBooking.Tests.Running;

/// <summary>The pages of a booking, one after the other, as a person goes through them.</summary>
public static class BookingWay
{
    public static readonly (string Name, string Value)[] Bello = [("name-0", "Bello"), ("art-0", "dog"), ("geboren-0", "2021"), ("grund-0", "Jahresimpfung")];

    public static readonly (string Name, string Value)[] Erika =
        [("name", "Erika Mustermann"), ("email", "erika@example.org"), ("telefon", "030 23125 001"), ("nachricht", "Er mag keine Waage.")];

    public static async Task<Seen> ToAnimals(this Browser browser, string visitType = "impfung", string language = "") =>
        await browser.Press(await browser.Open("/buchen" + language), "form.body .btn", ("anliegen", visitType));

    public static async Task<Seen> ToTimes(this Browser browser, string visitType = "impfung", string language = "") =>
        await browser.Press(await browser.ToAnimals(visitType, language), ".btn[name=weiter]", Bello);

    /// <summary>To the contact form, with the first time of all or that of another button.</summary>
    public static async Task<Seen> ToContact(this Browser browser, string visitType = "impfung", string language = "", string time = "form.next button") =>
        await browser.Press(await browser.ToTimes(visitType, language), time);

    public static Task<Seen> Book(this Browser browser, Seen contact) => browser.Press(contact, "form.body .btn", Erika);
}
