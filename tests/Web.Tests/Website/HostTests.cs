using System.Net;
using VetBooking.Tests.Running;
using VetBooking.Web.Shared;

namespace VetBooking.Tests.Website;

/// <summary>A practice has any number of names; one of them is canonical.</summary>
public sealed class HostTests(PracticeFixture fixture)
{
    private static readonly Wanted Named = new() { PublicUrl = "https://termin.praxis.de", HostNames = ["www.praxis.de", "tierarzt-müller.de"] };

    [Theory]
    [InlineData("GET", "www.praxis.de", "/buchen/impfung?lang=en&z=a%2Bb", "https://termin.praxis.de/buchen/impfung?lang=en&z=a%2Bb")]
    [InlineData("HEAD", "WWW.praxis.de:8080", "/", "https://termin.praxis.de/")]
    [InlineData("GET", "xn--tierarzt-mller-psb.de", "/termin/abc", "https://termin.praxis.de/termin/abc")]
    [InlineData("GET", "www.praxis.de", "//evil.example/x", "https://termin.praxis.de//evil.example/x")]
    [InlineData("GET", "www.praxis.de", "/pr%C3%A4xis/%0d%0aX", "https://termin.praxis.de/pr%C3%A4xis/%0D%0AX")]
    public async Task Pages_on_another_name_of_the_practice_lead_to_the_canonical_one(string method, string host, string path, string target)
    {
        await using var practice = await fixture.Start(Named);
        using var answer = await Send(practice, method, host, path);
        Assert.Equal((HttpStatusCode.PermanentRedirect, target), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_to_another_name_is_refused_and_changes_nothing()
    {
        await using var practice = await fixture.Start(Named);
        var before = await practice.Digest();
        foreach (var path in (string[])["/buchen", "/api/v1/bookings", "/praxis/anmelden"])
        {
            using var answer = await Send(practice, "POST", "www.praxis.de", path);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
            Assert.Contains("https://termin.praxis.de", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(before, await practice.Digest());
    }

    [Theory]
    [InlineData("termin.praxis.de", "/buchen", 200)]
    [InlineData("127.0.0.1", "/buchen", 200)]
    [InlineData("unknown.example", "/buchen", 200)]
    [InlineData("www.praxis.de.evil.example", "/buchen", 200)]
    [InlineData("www.praxis.de", "/health/live", 200)]
    [InlineData("www.praxis.de", "/.well-known/acme-challenge/x", 404)]
    public async Task Everything_else_stays_where_it_is(string host, string path, int status)
    {
        await using var practice = await fixture.Start(Named);
        using var answer = await Send(practice, "GET", host, path);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("""["https://www.praxis.de"]""")]
    [InlineData("""["www.praxis.de/x"]""")]
    [InlineData("""["*.praxis.de"]""")]
    [InlineData("""["127.0.0.1"]""")]
    [InlineData("""["www.praxis.de:80"]""")]
    [InlineData("""["Termin.Praxis.de"]""")]
    [InlineData("""[""]""")]
    public void A_name_that_is_none_stops_the_start_with_a_sentence(string names)
    {
        var problem = Assert.Throws<SettingsException>(() => Load($$"""{"publicUrl": "https://termin.praxis.de", "hostNames": {{names}}}"""));
        Assert.Contains("hostNames", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_read_from_the_operators_file() =>
        Assert.Equal(["www.praxis.de", "praxis.de"], Load("""{"publicUrl": "https://termin.praxis.de", "hostNames": ["www.praxis.de", "praxis.de"]}""").HostNames);

    private static InstanceSettings Load(string json)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            return InstanceSettings.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<HttpResponseMessage> Send(RunningPractice practice, string method, string host, string path)
    {
        var address = new Uri(practice.Http.BaseAddress!.AbsoluteUri.TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Host = host;
        return await practice.Http.SendAsync(request);
    }
}
