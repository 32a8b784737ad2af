using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using NodaTime;
using NodaTime.Text;

namespace VetBooking.Verify.Bench;

/// <summary>The day board: how fast a full day comes, and what many open screens cost while people book.</summary>
internal sealed class BoardRuns(Figures figures, string executable, string work, bool isShort)
{
    private const int Screens = 30;
    private const int Clients = 10;
    private const int Columns = 6;
    private const int EachColumn = 60;

    public async Task Measure()
    {
        var data = Path.Combine(work, "boards");
        Folders.Copy(Path.Combine(work, "large"), data);
        try
        {
            var database = Path.Combine(data, "practice.db");
            var (facts, day) = (Facts.Read(database), Times.Now.InUtc().Date.PlusDays(40));
            var people = Fill(database, facts, day);
            var staff = StaffSession.Start(database, "front-desk");
            using var server = new Target(executable, data);
            await server.Start();
            await FullDay(server, staff, day, people);
            await OpenScreens(server, staff, facts);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>One day of six people with sixty appointments of ten minutes each, and nothing else.</summary>
    private static List<string> Fill(string database, Facts facts, LocalDate day)
    {
        using var connection = Database.OpenToWrite(database);
        using var all = connection.BeginTransaction();
        var (from, to) = (facts.Zone.AtStartOfDay(day).ToInstant(), facts.Zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
        connection.Execute("DELETE FROM occupancy WHERE starts_at >= $1 AND starts_at < $2", from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
        connection.Execute("UPDATE appointment SET state = 'lapsed', expires_at = NULL WHERE starts_at >= $1 AND starts_at < $2", from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
        var people = connection.Rows("SELECT id FROM resource WHERE kind = 'person' AND active ORDER BY position LIMIT $1", row => row.GetString(0), Columns);
        var type = facts.Types[0].Id;
        var begin = (day + new LocalTime(8, 0)).InZoneLeniently(facts.Zone).ToInstant();
        foreach (var (person, column) in people.Select((person, column) => (person, column)))
        {
            for (var i = 0; i < EachColumn; i++)
            {
                var start = (begin + Duration.FromMinutes(i * 10)).ToUnixTimeSeconds();
                var local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Format(day.At(new LocalTime(8, 0)).PlusMinutes(i * 10));
                var number = string.Create(CultureInfo.InvariantCulture, $"B{column}-{i:000}");
                connection.Execute(
                    """
                    INSERT INTO appointment (number, visit_type_id, state, starts_at, starts_local, minutes, vet, language, name, email, email_key, created_at)
                    VALUES ($1, $2, 'booked', $3, $4, 10, $5, 'de', $6, 'x@example.org', 'x@example.org', $3)
                    """,
                    number, type, start, local, person, string.Create(CultureInfo.InvariantCulture, $"Familie Müller-Lüdenscheidt {i}"));
                connection.Execute("INSERT INTO appointment_animal (appointment_id, position, name, species_id, reason) SELECT max(id), 0, 'Schnurri', 'cat', 'Impfung' FROM appointment");
                connection.Execute("INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) SELECT $1, $2, $2 + 600, max(id) FROM appointment", person, start);
            }
        }
        all.Commit();
        return people;
    }

    private async Task FullDay(Target server, StaffSession staff, LocalDate day, List<string> people)
    {
        var path = "praxis/tag?tag=" + LocalDatePattern.Iso.Format(day) + string.Concat(people.Select(person => "&spalte=" + person));
        using var http = Browser(server, staff);
        using (var answer = await http.GetAsync(new Uri(server.Url, path)))
        {
            var page = await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"GET /{path} answered {(int)answer.StatusCode}.");
            figures.AtMost(25, "day board, 6 x 60 appointments: transfer, compressed", page.Length / 1000.0, "KB");
        }
        var plain = Load.Get(server.Url, path, staff.Cookie);
        await Load.Run(server.Url, 1, [.. Enumerable.Repeat(plain, 20)]);
        var seen = await Load.Run(server.Url, 1, [.. Enumerable.Repeat(plain, isShort ? 50 : 500)]);
        figures.AtMost(5, "day board, 6 x 60 appointments: p50", seen.Percentile(0.5), "ms");
        figures.Add("day board, 6 x 60 appointments: p99", seen.Percentile(0.99), "ms");
    }

    private async Task OpenScreens(Target server, StaffSession staff, Facts facts)
    {
        var today = LocalDatePattern.Iso.Format(Times.Now.InZone(facts.Zone).Date);
        var times = await FreeTimes.Of(server.Url, facts, new Random(1));
        byte[][] bookings = [.. times.Take(isShort ? 200 : 2000).Select(choice => facts.Ask(new Random(), choice)).Select(wanted => Load.Post(server.Url, "api/v1/bookings", wanted.Key, wanted.Body))];
        await Load.Run(server.Url, Clients, bookings[..(bookings.Length / 4)]);
        var before = Memory.Of(server.Id);

        using var http = Browser(server, staff);
        var screens = new List<Stream>();
        for (var i = 0; i < Screens; i++) screens.Add(await http.GetStreamAsync(new Uri(server.Url, "praxis/live?tag=" + today)));
        var reading = screens.Select(screen => screen.CopyToAsync(Stream.Null)).ToArray();
        var seen = await Load.Run(server.Url, Clients, bookings[(bookings.Length / 4)..]);
        var after = Memory.Of(server.Id);
        if (reading.Any(one => one.IsCompleted)) throw new InvalidOperationException("A screen was cut off.");
        foreach (var screen in screens) await screen.DisposeAsync();

        figures.AtMost(150, "10 people book, 30 screens open: p95", seen.Percentile(0.95), "ms");
        figures.Add("10 people book, 30 screens open: growth of anonymous memory", after.Anonymous - before.Anonymous, "MB");
        figures.AtMost(20, "10 people book, 30 screens open: growth of resident memory", after.Resident - before.Resident, "MB");
    }

    private static HttpClient Browser(Target server, StaffSession staff)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 64 }) { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("Cookie", staff.Cookie);
        http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        return http;
    }
}
