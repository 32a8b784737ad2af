using System.Globalization;
using System.Text;

namespace VetBooking.Verify.Bench;

/// <summary>The front desk's search on 20,000 owners, as somebody types: beginnings, whole names, mistakes, animals, numbers.</summary>
internal sealed class SearchRuns(Figures figures, string executable, string work, bool isShort)
{
    private const int Owners = 20_000;

    private static readonly string[] Beginnings = ["Müller", "Schmidt", "Weiß", "Groß", "Hof", "Linden", "Stein", "Brunn", "Kessel", "Ober", "Nieder", "Wald", "Berg", "Krämer", "Jäger", "Öst", "Türk", "Sand", "Roth", "Falken"];
    private static readonly string[] Endings = ["mann", "bauer", "hoff", "berger", "meier", "huber", "stein", "feld", "bach", "kamp", "brink", "thaler", "rieder", "wirth", "schmied", ""];
    private static readonly string[] First = ["Anna", "Jürgen", "Ayşe", "Björn", "Käthe", "Mehmet", "Zoë", "Łukasz", "Ute", "Günther", "Sören", "Hans-Peter", "Marie", "Thomas", "Petra"];
    private static readonly string[] Animals = ["Bello", "Mimi", "Schnüffel", "Balu", "Luna", "Felix", "Fips", "Zwetschge", "Rocky", "Nala", "Tiger", "Käthe"];

    public async Task Measure()
    {
        var data = Path.Combine(work, "search");
        Folders.Copy(Path.Combine(work, "large"), data);
        try
        {
            var random = new Random(1);
            var database = Path.Combine(data, "practice.db");
            var typed = Fill(database, random);
            var staff = StaffSession.Start(database, "front-desk");
            using var server = new Target(executable, data);
            await server.Start();
            await Load.Once(server.Url, "buchen");
            var before = Memory.Of(server.Id);
            var first = await Load.Run(server.Url, 1, [Search(server.Url, staff, typed[0])]);
            if (first.Count(200) != 1) throw new InvalidOperationException($"POST /praxis/suche answered {string.Join(", ", first.Statuses)}.");
            figures.Add("search, 20,000 owners: the first, which reads them all", first.Percentile(0.5), "ms");
            figures.Add("search, 20,000 owners: growth of anonymous memory by it", Memory.Of(server.Id).Anonymous - before.Anonymous, "MB");
            byte[][] questions = [.. typed.Take(isShort ? 300 : 3000).Select(one => Search(server.Url, staff, one))];
            var seen = await Load.Run(server.Url, 1, questions);
            if (seen.Count(200) != questions.Length) throw new InvalidOperationException("Not every search was answered.");
            figures.Add("search, 20,000 owners: p50", seen.Percentile(0.5), "ms");
            figures.AtMost(50, "search, 20,000 owners: p99", seen.Percentile(0.99), "ms");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Fills up to 20,000 owners; answers what somebody may type to find them.</summary>
    private static List<string> Fill(string database, Random random)
    {
        using var connection = Database.OpenToWrite(database);
        using var all = connection.BeginTransaction();
        var typed = new List<string>();
        var there = (int)connection.Rows("SELECT count(*) FROM owner", row => row.GetInt64(0))[0];
        for (var i = there; i < Owners; i++)
        {
            var (first, last) = (Pick(First, random), Pick(Beginnings, random) + Pick(Endings, random));
            var phone = string.Create(CultureInfo.InvariantCulture, $"0{random.Next(150, 180)} {random.Next(1_000_000, 99_999_999)}");
            connection.Execute("INSERT INTO owner (name, email, email_key, phone, created_at) VALUES ($1, '', '', $2, 1)", first + " " + last, phone);
            var animal = Pick(Animals, random);
            connection.Execute("INSERT INTO animal (owner_id, name, species_id) SELECT max(id), $1, 'dog' FROM owner", animal);
            typed.Add(random.Next(6) switch
            {
                0 => last[..random.Next(2, last.Length + 1)],
                1 => Wrong(last, random),
                2 => $"{first} {last}",
                3 => $"{Wrong(last, random)} {animal}",
                4 => phone[^random.Next(4, 8)..],
                _ => last.Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).ToUpperInvariant(),
            });
        }
        all.Commit();
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(typed));
        return typed;
    }

    /// <summary>A word with one letter swapped, lost or doubled.</summary>
    private static string Wrong(string word, Random random)
    {
        var at = random.Next(1, word.Length - 1);
        return random.Next(3) switch
        {
            0 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            1 => word.Remove(at, 1),
            _ => word.Insert(at, word[at..(at + 1)]),
        };
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];

    private static byte[] Search(Uri url, StaffSession staff, string typed)
    {
        var body = Encoding.ASCII.GetBytes($"form-token={Uri.EscapeDataString(staff.FormToken)}&suche={Uri.EscapeDataString(typed)}");
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST /praxis/suche HTTP/1.1\r\nHost: {url.Authority}\r\nCookie: {staff.Cookie}\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
