using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Hosting.Systemd;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Busy;
using VetBooking.Web.FrontDesk;
using VetBooking.Web.Machines;
using VetBooking.Web.Messages;
using VetBooking.Web.Planning;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.SignIn.Passkeys;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.SignIn.Team;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Sovereignty.Inspection;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.Flow;
using VetBooking.Web.Today.Offline;
using VetBooking.Web.Today.WalkIns;
using VetBooking.Web.WaitingList;
using VetBooking.Web.Website;

namespace VetBooking.Web;

/// <summary>What is decided before the practice starts.</summary>
internal sealed record PracticeAppOptions(DataFolder Folder, InstanceSettings Settings, IClock Clock)
{
    public string Urls { get; init; } = "http://127.0.0.1:5080";
    public TimeSpan IdleExit { get; init; }
    public bool NoLimits { get; init; }

    /// <summary>The network the edge asks from, if not from this machine.</summary>
    public System.Net.IPNetwork? Behind { get; init; }
}

/// <summary>Puts one practice's web application together.</summary>
internal static class PracticeApp
{
    private const int LongestBody = 64 * 1024;

    public static WebApplication Build(PracticeAppOptions options)
    {
        // Empty: the other builders look for settings in the working directory and watch everything below it for changes,
        // which is the whole disk under systemd, and two seconds of every start.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Host.UseSystemd();
        builder.WebHost.UseUrls(options.Urls).UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.UseSystemd();
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
        });
        // The journal gets an entry on one line with its severity and the number of a fault in front; a terminal is for people.
        if (SystemdHelpers.IsSystemdService()) builder.Logging.AddSystemdConsole();
        else builder.Logging.AddSimpleConsole();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        AddPractice(builder.Services, options);

        var app = builder.Build();
        var limits = app.Services.GetRequiredService<Limits>();
        var idle = app.Services.GetRequiredService<IdleExit>();
        if (options.Behind is { } edge) app.Use(new Behind(edge).Invoke);
        app.Use((HttpContext http, RequestDelegate next) => idle.Invoke(http, next));
        var isPublicOverTls = options.Settings.PublicUrl.StartsWith("https:", StringComparison.Ordinal);
        app.Use((HttpContext http, RequestDelegate next) => SecurityHeaders.Invoke(http, next, isPublicOverTls));
        app.Use(HeadLikeGet.Invoke);
        if (options.Settings.HostNames.Count > 0) app.Use(new OwnHosts(options.Settings).Invoke);
        app.UseResponseCompression();
        app.Use(Failures.Invoke);
        app.Use(Embedding.Invoke);
        app.Use((HttpContext http, RequestDelegate next) => TooManyRequests.Invoke(http, next, limits));
        app.UseRouting();
        app.Use(Gate.Invoke);
        Routes.Map(app);
        EarlyRoutes.Begin(app);
        return app;
    }

    private static void AddPractice(IServiceCollection services, PracticeAppOptions options)
    {
        services.AddRoutingCore();
        services.AddSingleton(options.Folder);
        services.AddSingleton(options.Settings);
        services.AddSingleton(options.Clock);
        // Umlauts as themselves: pages are UTF-8, and a third shorter than with entities.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton(new Limits(options.Settings.Limits, options.Clock, off: options.NoLimits));
        // Made here, it reads the diary while the rest of the program starts.
        var sums = new PageSums(options.Folder);
        var writer = new Writer(options.Folder, options.Clock, sums);
        services.AddSingleton(_ => writer);
        services.AddSingleton(writer.Trust);
        services.AddSingleton(sums);
        services.AddSingleton<Readers>();
        services.AddSingleton<Bookings>();
        services.AddSingleton<AppointmentChanges>();
        services.AddSingleton<PlanEnds>();
        services.AddSingleton<BoardCache>();
        services.AddSingleton<News>();
        services.AddSingleton<FlowTokens>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SealedSteps>();
        services.AddSingleton<ShownOnce>();
        services.AddSingleton<PasskeyChecks>();
        services.AddSingleton(new Attempts(options.Clock, off: options.NoLimits));
        services.AddSingleton<Door>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<NoShows>();
        services.AddSingleton<WalkIns>();
        services.AddSingleton<Workstations>();
        services.AddSingleton<OwnerSearch>();
        services.AddSingleton<Decisions>();
        services.AddSingleton<PhoneBooking>();
        services.AddSingleton<SeriesBooking>();
        services.AddMail(options.Settings, options.Folder);
        services.AddHostedService<HoldSweeper>();
        services.AddSingleton<Answers>();
        services.AddHostedService<ListWatch>();
        services.AddHostedService<RetentionNight>();
        services.AddHostedService<SupportEnd>();
        services.AddSingleton<BackupRoutine>();
        services.AddSingleton<InspectionRoom>();
        services.AddHostedService<BackupNight>();
        services.AddSingleton<PageRound>();
        services.AddHostedService<PageNight>();
        services.AddSingleton(new FetchRules());
        services.AddSingleton<BusyRefresh>();
        services.AddSingleton<BusyWays>();
        services.AddHostedService(provider => provider.GetRequiredService<BusyRefresh>());
        services.AddMachines(options.Settings);
        services.AddSingleton<WakeTime>();
        services.AddSingleton(provider => new IdleExit(options.IdleExit, provider.GetRequiredService<Readers>(), provider.GetRequiredService<WakeTime>(), options.Clock, provider.GetRequiredService<IHostApplicationLifetime>()));
        services.AddHostedService(provider => provider.GetRequiredService<IdleExit>());
        // On its own: as one of the host's services it would load keys and OpenSSL before the first page, which seals nothing.
        services.AddSingleton(_ => DataProtectionProvider.Create(new DirectoryInfo(options.Folder.Keys), keys => keys.SetApplicationName("vetbooking")));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "text/css", "image/svg+xml", "application/json", "application/problem+json", "text/plain", "application/xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = System.IO.Compression.CompressionLevel.Fastest);
    }
}
