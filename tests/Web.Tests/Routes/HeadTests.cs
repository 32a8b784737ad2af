using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Routing;
using VetBooking.Tests.Running;
using VetBooking.Web.Booking;

namespace VetBooking.Tests.Routes;

/// <summary>HEAD, as proxies, monitors and mail scanners send it.</summary>
public sealed class HeadTests(PracticeFixture fixture)
{
    // A sealed address differs between two GETs, too. How a body is framed need not be said where none follows.
    private static readonly string[] MayDiffer = ["Date: ", "Location: ", "Content-Length: 0", "Transfer-Encoding: "];

    [Fact]
    public async Task Every_address_answers_HEAD_with_the_headers_of_GET_and_nothing_else()
    {
        await using var practice = await fixture.Start();
        var paths = await Paths(practice);
        var before = await practice.Digest();
        var (pages, statuses) = (0, new HashSet<string>());
        foreach (var path in paths)
        {
            var (get, head) = (await Ask(practice, "GET", path), await Ask(practice, "HEAD", path));
            Assert.Equal($"{path}\n{Comparable(get.Head)}", $"{path}\n{Comparable(head.Head)}");
            Assert.Equal((path, ""), (path, head.Body));
            statuses.Add(get.Head[..12]);
            if (get.Body.Length > 100) pages++;
        }
        Assert.Equal(["HTTP/1.1 200", "HTTP/1.1 303", "HTTP/1.1 401", "HTTP/1.1 404", "HTTP/1.1 405"], statuses.Order(StringComparer.Ordinal));
        Assert.InRange(pages, 22, paths.Count);
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task Whoever_asks_with_a_wrong_method_hears_of_HEAD()
    {
        await using var practice = await fixture.Start();
        foreach (var (path, allowed) in new[] { ("/", "GET, HEAD"), ("/buchen", "GET, HEAD, POST"), ("/api/v1/bookings", "POST"), ("/termin/abc/bestaetigung", "POST") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, path);
            using var response = await practice.Http.SendAsync(request);
            Assert.Equal(405, (int)response.StatusCode);
            Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
        }
    }

    /// <summary>Every address there is, with something behind it, and some with nothing.</summary>
    private static async Task<List<string>> Paths(RunningPractice practice)
    {
        var contact = await practice.Browser.ToContact();
        var answered = contact.Url[contact.Url.IndexOf('?', StringComparison.Ordinal)..];
        var sheet = contact.Find("link[rel=stylesheet]").GetAttribute("href")!;
        var number = (await practice.Api.BookFirst("impfung")).Number;
        var link = await practice.LinkTo(number);
        using (await practice.Http.PostAsync(link + "/bestaetigung", null)) { }
        var id = practice.Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", number));
        var receipt = await practice.Writer.Write(change => AppointmentLink.Create(change, id, LinkPurpose.Receipt));
        var patterns = practice.Endpoints.OfType<RouteEndpoint>().Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'));
        return
        [
            .. patterns.Select(pattern => pattern
                .Replace("/fertig/{token}", "/fertig/" + receipt, StringComparison.Ordinal)
                .Replace("/termin/{token}", link, StringComparison.Ordinal)
                .Replace("{visitType}", "impfung", StringComparison.Ordinal)
                .Replace("/dateien/{name}", sheet, StringComparison.Ordinal)
                .Replace("/slots", "/slots?visitType=impfung&species=dog", StringComparison.Ordinal)).Distinct(),
            "/buchen/tiere" + answered, "/buchen/zeit" + answered, "/buchen/kontakt" + answered, "/nirgends", "/api/v1/nirgends", "/termin/abc",
        ];
    }

    /// <summary>Over a bare socket: a client would throw a body away that must not be there.</summary>
    private static async Task<(string Head, string Body)> Ask(RunningPractice practice, string method, string path)
    {
        var server = practice.Http.BaseAddress!;
        using var socket = new TcpClient(server.Host, server.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var parts = (await reader.ReadToEndAsync()).Split("\r\n\r\n", 2);
        return (parts[0], parts[1]);
    }

    private static string Comparable(string head) => string.Join('\n', head.Split("\r\n")
        .Where(line => !MayDiffer.Any(line.StartsWith)).Order(StringComparer.Ordinal));
}
