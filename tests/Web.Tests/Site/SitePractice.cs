using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web;
using VetBooking.Web.Demo;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Site;

/// <summary>A practice that runs: the demo practice, changed by some SQL, at a moment of choice, asked over HTTP.</summary>
public sealed class SitePractice : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("site-").FullName;
    private readonly WebApplication app;

    private SitePractice(string now, Action<DataFolder, Instant> make, string sql)
    {
        var (folder, moment) = (new DataFolder(root), InstantPattern.ExtendedIso.Parse(now).Value);
        make(folder, moment);
        if (sql.Length > 0)
        {
            using var db = Db.Open(folder.Database);
            db.Execute(sql);
        }
        app = PracticeApp.Build(new PracticeAppOptions(folder, new InstanceSettings { PublicUrl = "https://praxis.example" }, new StoppedClock(moment))
        {
            Urls = "http://127.0.0.1:0",
        });
    }

    public HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    /// <summary>The practice as it stands in memory.</summary>
    public Book Book => app.Services.GetRequiredService<Writer>().Current;

    /// <summary>The demo practice at this moment, in UTC.</summary>
    public static Task<SitePractice> Demo(string now, string sql = "") =>
        new SitePractice(now, (folder, moment) => DemoPractice.Make(folder, DemoSize.Small, moment), sql).Start();

    /// <summary>A practice somebody has just begun to set up.</summary>
    public static Task<SitePractice> Empty(string sql = "") =>
        new SitePractice("2026-11-23T09:00:00Z", (folder, moment) => EmptyPractice.Make(folder, "Neue Praxis", "neu@praxis.example", moment), sql).Start();

    /// <summary>A page as people read it: character references are resolved.</summary>
    public async Task<string> Read(string path, string language = "de") => WebUtility.HtmlDecode(await (await Get(path, language)).Content.ReadAsStringAsync());

    public async Task<HttpResponseMessage> Get(string path, string language = "de")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Language", language);
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    private async Task<SitePractice> Start()
    {
        await app.StartAsync();
        Http.BaseAddress = new Uri(app.Urls.First());
        return this;
    }

    private sealed class StoppedClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
