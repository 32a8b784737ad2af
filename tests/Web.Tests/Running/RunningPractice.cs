using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using VetBooking.Web;
using VetBooking.Web.Booking;
using VetBooking.Web.Machines;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Running;

/// <summary>One practice: the real program on a socket of this machine, and its database to look at from outside.</summary>
public sealed partial class RunningPractice : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<Desk> desks = [];

    private RunningPractice(WebApplication app, DataFolder folder, SettableClock clock, Db db)
    {
        (this.app, Folder, Clock, Db) = (app, folder, clock, db);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
        Browser = new Browser(Http);
        Api = new ApiClient(Http);
    }

    public DataFolder Folder { get; }

    public SettableClock Clock { get; }

    /// <summary>A connection beside the program's own.</summary>
    public Db Db { get; }

    /// <summary>Keeps no cookies and follows nothing.</summary>
    public HttpClient Http { get; }

    public Browser Browser { get; }

    public ApiClient Api { get; }

    public Writer Writer => app.Services.GetRequiredService<Writer>();

    public IServiceProvider Services => app.Services;

    /// <summary>Every endpoint the program answers.</summary>
    public IEnumerable<Endpoint> Endpoints => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints);

    internal static async Task<RunningPractice> Start(DataFolder folder, Wanted wanted)
    {
        var db = Db.Open(folder.Database);
        if (wanted.Sql.Length > 0) db.Execute(wanted.Sql);
        var clock = new SettableClock(wanted.Now);
        var settings = new InstanceSettings { PublicUrl = wanted.PublicUrl, HostNames = wanted.HostNames, Limits = wanted.Limits ?? new LimitSettings(), Outbound = new OutboundSettings { AllowPrivate = wanted.AllowPrivate } };
        var app = PracticeApp.Build(new PracticeAppOptions(folder, settings, clock) { Urls = "http://127.0.0.1:0", NoLimits = wanted.Limits is null });
        wanted.Program(app);
        await app.StartAsync();
        return new RunningPractice(app, folder, clock, db);
    }

    /// <summary>How many rows a table has.</summary>
    public long Count(string table) => Db.Number($"SELECT count(*) FROM {table}");

    /// <summary>One value of one appointment, as text.</summary>
    public string? Of(string number, string column) =>
        Db.Row($"SELECT CAST({column} AS TEXT) FROM appointment WHERE number = $number", row => row.IsDBNull(0) ? null : row.GetString(0), ("$number", number));

    /// <summary>How many stretches of time an appointment takes up.</summary>
    public long Taken(string number) => Db.Number(
        "SELECT count(*) FROM occupancy o JOIN appointment a ON a.id = o.appointment_id WHERE a.number = $number", ("$number", number));

    /// <summary>Somebody of the practice at a browser that is signed in.</summary>
    public async Task<Desk> SignedIn(Role role = Role.FrontDesk)
    {
        var (account, token) = await Writer.Write(change =>
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"{Roles.Word(role)}-{change.Db.Number("SELECT count(*) FROM account")}@praxis.example");
            var id = change.Db.Insert(
                "INSERT INTO account (name, email, email_key, role, ends_at, created_at) VALUES ($name, $email, $email, $role, $ends, $now)",
                ("$name", "Kim " + Roles.Word(role)), ("$email", email), ("$role", Roles.Word(role)),
                ("$ends", (change.Now + Duration.FromDays(30)).ToUnixTimeSeconds()), ("$now", change.Now.ToUnixTimeSeconds()));
            return (id, Sessions.Start(change, id, "Test"));
        });
        var desk = new Desk(account, token, Http.BaseAddress!);
        desks.Add(desk);
        return desk;
    }

    /// <summary>A link like the one that comes by mail.</summary>
    public async Task<string> LinkTo(string number)
    {
        var id = Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", number));
        return "/termin/" + await Writer.Write(change => AppointmentLink.Create(change, id, LinkPurpose.Manage));
    }

    /// <summary>A fingerprint of everything in the database, once nothing moves in it any more.</summary>
    public async Task<string> Digest()
    {
        await MailIsOut();
        for (var last = ""; ;)
        {
            var now = Fingerprint();
            if (now == last) return now;
            last = now;
            await Task.Delay(100);
        }
    }

    /// <summary>Waits until every mail is on its way.</summary>
    public async Task MailIsOut()
    {
        for (var tries = 0; Db.Number("SELECT count(*) FROM outbox WHERE state = 'waiting'") > 0; tries++)
        {
            Assert.True(tries < 400, "A mail is not sent.");
            await Task.Delay(50);
        }
    }

    /// <summary>The link in the newest mail, as the owner would find it.</summary>
    public async Task<string> MailedLink()
    {
        using var mail = await Mail();
        return LinkInMail().Match(mail.TextBody!).Value;
    }

    /// <summary>The newest mail.</summary>
    public async Task<MimeKit.MimeMessage> Mail()
    {
        await MailIsOut();
        return await MimeKit.MimeMessage.LoadAsync(Directory.GetFiles(Folder.Outbox, "*.eml").Order(StringComparer.Ordinal).Last());
    }

    /// <summary>What the operator's check finds wrong.</summary>
    public IReadOnlyList<string> Problems() => Check.Run(Db);

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in desks) desk.Dispose();
        Http.Dispose();
        Db.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(Folder.Path, recursive: true);
    }

    [GeneratedRegex("/termin/[A-Za-z0-9_-]{43}")]
    private static partial Regex LinkInMail();

    private string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var table in Db.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", row => row.GetString(0)))
        {
            text.AppendLine(table);
            foreach (var line in Db.Rows($"SELECT * FROM {table}", Line).Order(StringComparer.Ordinal)) text.AppendLine(line);
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Line(SqliteDataReader row) => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => row.GetValue(column) switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));
}
