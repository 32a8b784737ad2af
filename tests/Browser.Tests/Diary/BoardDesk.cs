using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.Planning;

/// <summary>
/// A browser at the front desk with the day board open, in a practice whose Wednesday holds three appointments: Bello with
/// Weber 9:00–9:30 in room 1, Mia with Weber 10:45–11:05 in room 1, Felix with Yılmaz 9:00–9:30 in room 2.
/// </summary>
internal sealed class BoardDesk : IAsyncDisposable
{
    /// <summary>The Wednesday all of it happens on, in the week of the practice's clock.</summary>
    public const string Day = "2027-03-17";

    private const string Appointments = """
        DELETE FROM appointment;
        INSERT INTO appointment (id, number, visit_type_id, state, starts_at, starts_local, minutes, vet, language, name, email, email_key, created_at) VALUES
        (9001, 'AAA-001', 'impfung', 'booked', unixepoch('2027-03-17 08:00'), '2027-03-17T09:00', 30, 'weber', 'de', 'Kim Beispiel', 'kim@example.com', 'kim@example.com', 0),
        (9002, 'AAA-002', 'impfung', 'booked', unixepoch('2027-03-17 09:45'), '2027-03-17T10:45', 20, 'weber', 'de', 'Uli Muster', 'uli@example.com', 'uli@example.com', 0),
        (9003, 'AAA-003', 'impfung', 'booked', unixepoch('2027-03-17 08:00'), '2027-03-17T09:00', 30, 'yilmaz', 'de', 'Ada Vogel', 'ada@example.com', 'ada@example.com', 0);
        INSERT INTO appointment_animal (appointment_id, position, name, species_id) VALUES (9001, 0, 'Bello', 'dog'), (9002, 0, 'Mia', 'cat'), (9003, 0, 'Felix', 'cat');
        INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id)
        SELECT a.vet, a.starts_at, a.starts_at + a.minutes * 60, a.id FROM appointment a
        UNION ALL SELECT CASE a.id WHEN 9003 THEN 'raum-2' ELSE 'raum-1' END, a.starts_at, a.starts_at + a.minutes * 60, a.id FROM appointment a;
        """;

    private readonly PracticeServer practice;
    private readonly IBrowserContext context;

    private BoardDesk(PracticeServer practice, IBrowserContext context, IPage page) => (this.practice, this.context, Page) = (practice, context, page);

    public IPage Page { get; }

    public IBrowserContext Context => context;

    public PracticeServer Practice => practice;

    public static async Task<BoardDesk> At(Stage stage, Device? device = null, bool touch = false, string more = "", Proxy? proxy = null)
    {
        var practice = proxy is null ? await stage.Other(Appointments + more) : await stage.Behind(proxy, Appointments + more);
        if (proxy is not null) await proxy.Start(practice);
        device ??= new Device(1280, 900);
        var context = await stage.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = device.Width, Height = device.Height },
            JavaScriptEnabled = device.Scripts,
            ColorScheme = device.Dark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = touch,
            IgnoreHTTPSErrors = proxy is not null,
            Locale = device.Language,
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(15_000);
        await context.AddCookiesAsync([new() { Name = practice.Cookie, Value = practice.SignIn("front-desk"), Url = practice.Address }]);
        var desk = new BoardDesk(practice, context, await context.NewPageAsync());
        await desk.Open();
        return desk;
    }

    public Task Open(string path = "/praxis/tag?tag=" + Day) => Page.GotoAsync(practice.Address + path);

    /// <summary>An appointment in somebody's column.</summary>
    public ILocator Item(int id, string column = "weber") => Page.Locator($"#t{id}-{column}-0317");

    /// <summary>Where on the screen a time of a column is.</summary>
    public async Task<(float X, float Y)> Place(string column, int hour, int minute)
    {
        var place = await Page.EvaluateAsync<float[]>("""
            ([column, minute]) => {
              const list = document.querySelector(`ol[data-bei="${column}"]`), box = list.getBoundingClientRect();
              const board = document.querySelector('day-board'), first = Number(list.dataset.uhr.split(' ')[0].split(':')[1]);
              return [box.left + box.width / 2, box.top + (minute - first) / 5 * box.height / board.rowsOf(list)];
            }
            """, new object[] { column, hour * 60 + minute });
        return (place[0], place[1]);
    }

    /// <summary>Where on the screen a column's clock shows this, scrolled to.</summary>
    public async Task<(float X, float Y)> Place(string column, string shown)
    {
        var place = await Page.EvaluateAsync<float[]>("""
            ([column, shown]) => {
              const board = document.querySelector('day-board'), list = document.querySelector(`ol[data-bei="${column}"]`);
              const rows = board.rowsOf(list), row = [...Array(rows).keys()].find(row => board.clock(list, row) === shown);
              const top = () => list.getBoundingClientRect().top + row * list.offsetHeight / rows;
              if (top() < 300 || top() > innerHeight - 150) board.scroller.scrollTop += top() - innerHeight / 2;
              const box = list.getBoundingClientRect();
              return [box.left + box.width / 2, top()];
            }
            """, new object[] { column, shown });
        return (place[0], place[1]);
    }

    /// <summary>Takes hold at one place and lets go at another, like a hand.</summary>
    public async Task Drag((float X, float Y) from, (float X, float Y) to, bool letGo = true)
    {
        await Page.Mouse.MoveAsync(from.X, from.Y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(from.X + 2, from.Y + 6);
        await Page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 8 });
        if (letGo) await Page.Mouse.UpAsync();
    }

    /// <summary>What the database says: start, minutes and vet.</summary>
    public string Stored(int id) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{TimeOf(id)} {practice.Number($"SELECT minutes FROM appointment WHERE id = {id}")} {Vet(id)}");

    /// <summary>Waits until the database says so, and the board has nothing in its hand any more.</summary>
    public Task Holds(int id, string wanted) => Until(() => Stored(id), wanted);

    /// <summary>Waits until the database says that an appointment begins at this moment and takes so long; for days on which a wall time does not say it all.</summary>
    public Task HoldsExactly(int id, string utc, int minutes) => Until(
        () => $"{practice.Number($"SELECT starts_at FROM appointment WHERE id = {id}")} {practice.Number($"SELECT minutes FROM appointment WHERE id = {id}")}",
        $"{DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds()} {minutes}");

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        await practice.DisposeAsync();
    }

    private async Task Until(Func<string> stored, string wanted)
    {
        for (var tries = 0; stored() is var now && now != wanted; tries++)
        {
            if (tries == 60) Assert.Fail($"It is {now}, not {wanted}. The board says: " + string.Join(" | ", await Page.Locator("dialog, .weg, day-board > [role=status]").AllInnerTextsAsync()));
            await Task.Delay(100);
        }
        // It takes no key and no hand while it waits for its answer.
        await Assertions.Expect(Page.Locator("body.dragging")).ToHaveCountAsync(0);
    }

    private string TimeOf(int id)
    {
        var minutes = practice.Number($"SELECT substr(starts_local, 12, 2) * 60 + substr(starts_local, 15, 2) FROM appointment WHERE id = {id}");
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
    }

    private string Vet(int id) =>
        practice.Number($"SELECT vet = 'weber' FROM appointment WHERE id = {id}") == 1 ? "weber" : practice.Number($"SELECT vet = 'yilmaz' FROM appointment WHERE id = {id}") == 1 ? "yilmaz" : "?";
}
