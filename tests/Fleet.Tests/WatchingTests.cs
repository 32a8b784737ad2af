using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Watching;

namespace VetBooking.Tests.Fleet;

/// <summary>What an operator is shown, and what never gets that far.</summary>
public sealed class WatchingTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 11, 28, 12, 0, 0, DateTimeKind.Utc);
    private readonly Hosted host = new Hosted().With("0.3.0").Practice("berg", "0.3.0", "termin.berg.example");

    public void Dispose() => host.Dispose();

    [Fact]
    public void Errors_are_counted_by_number_and_no_word_of_a_practice_gets_any_further()
    {
        var counts = ErrorCodes.Count(
        [
            """{"_SYSTEMD_UNIT":"vetbooking@berg.service","PRIORITY":"3","MESSAGE":"VetBooking.Booking.HoldSweeper[102] Expired holds of Erika Muster"}""",
            """{"_SYSTEMD_UNIT":"vetbooking@berg.service","PRIORITY":"3","MESSAGE":"VetBooking[102] again"}""",
            """{"_SYSTEMD_UNIT":"vetbooking@berg.service","PRIORITY":"3","MESSAGE":"Muster[0301234567] called"}""",
            """{"_SYSTEMD_UNIT":"vetbooking@berg.service","PRIORITY":"3","MESSAGE":[69,114,105,107,97]}""",
            """{"_SYSTEMD_UNIT":"vetbooking@berg.service","PRIORITY":"6","MESSAGE":"VetBooking[201] not an error"}""",
            """{"_SYSTEMD_UNIT":"vetbooking@Erika.service","PRIORITY":"3","MESSAGE":"VetBooking[102] no practice's name"}""",
            """{"_PID":"1","_SYSTEMD_UNIT":"init.scope","UNIT":"vetbooking@tal.service","PRIORITY":"4","EXIT_CODE":"killed","EXIT_STATUS":"9","MESSAGE":"Main process exited"}""",
            """{"_PID":"1","_SYSTEMD_UNIT":"init.scope","UNIT":"vetbooking@tal.service","PRIORITY":"4","UNIT_RESULT":"oom-kill","MESSAGE":"Failed"}""",
            """{"_PID":"1","_SYSTEMD_UNIT":"init.scope","UNIT":"vetbooking@tal.service","PRIORITY":"4","UNIT_RESULT":"signal","MESSAGE":"Failed"}""",
            """{"_PID":"1","_SYSTEMD_UNIT":"init.scope","UNIT":"vetbooking@tal.service","PRIORITY":"5","EXIT_CODE":"exited","EXIT_STATUS":"3","MESSAGE":"Main process exited"}""",
            """{"_PID":"77","_SYSTEMD_UNIT":"vetbooking@berg.service","UNIT":"vetbooking@alm.service","PRIORITY":"5","EXIT_CODE":"exited","EXIT_STATUS":"3","MESSAGE":"of somebody else"}""",
            """{"_PID":"1","_SYSTEMD_UNIT":"init.scope","UNIT":"vetbooking@tal.service","PRIORITY":"6","MESSAGE":"Started Practice tal."}""",
        ]);
        Assert.Equal(new Dictionary<string, int> { ["102"] = 2, ["other"] = 2 }, counts["berg"]);
        Assert.Equal(new Dictionary<string, int> { ["signal-9"] = 1, ["oom-kill"] = 1, ["exit-3"] = 1 }, counts["tal"]);
        Assert.Equal(2, counts.Count);
    }

    [Fact]
    public void What_somebody_should_look_after_is_said_with_what_to_do_and_nothing_else_is()
    {
        Assert.Empty(Berg().Worries(Now));
        Assert.Empty((Berg() with { HasChanged = true, Backup = Now.AddHours(-30) }).Worries(Now));
        Assert.Empty((Berg() with { Is = "suspended", Backup = null }).Worries(Now));
        // A practice nobody has visited for weeks: its next visitor gets a certificate.
        Assert.Empty((Berg() with { Certificate = (Now.AddDays(-100), Now.AddDays(-10)) }).Worries(Now));
        (string Part, Seen Seen)[] worries =
        [
            ("vetfleet logs berg", Berg() with { Is = "failing", Reason = "exit-code" }),
            ("vetfleet logs berg", Berg() with { Is = "ill" }),
            ("run that command again", Berg() with { Is = "half" }),
            ("vetfleet backup berg", Berg() with { Backup = null }),
            ("two nights", Berg() with { HasChanged = true, Backup = Now.AddHours(-51) }),
            ("vetfleet rehearse berg", Berg() with { Rehearsal = Now.AddDays(-10) }),
            ("certificate ends soon", Berg() with { Certificate = (Now.AddDays(-80), Now.AddDays(10)) }),
        ];
        Assert.All(worries, worry => Assert.Contains(worry.Part, Assert.Single(worry.Seen.Worries(Now)), StringComparison.Ordinal));
        Assert.Contains("less than a tenth", Assert.Single((Ash(Berg()) with { Disk = (1000, 99) }).Worries()), StringComparison.Ordinal);
        Assert.Contains("vetbooking-backup.service failed (exit-code)", Assert.Single((Ash(Berg()) with { Units = [new SeenUnit("vetbooking-backup.service", "exit-code")] }).Worries()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_begins_with_what_is_wrong_and_takes_nothing_for_markup()
    {
        var page = StatusPage.Of(Ash(Berg(), Berg("<b>tal</b>") with { Is = "failing", Reason = "<i>" }));
        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>1 to look after – ash</title>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;tal&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("102 ×3", page.Replace("&#215;", "×", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.All(new[] { "<script", "http:", "https:", "src=", "url(" }, outside => Assert.DoesNotContain(outside, page, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("<p>Nothing.</p>", StatusPage.Of(Ash(Berg())), StringComparison.Ordinal);
        Assert.Contains("0 practices", StatusPage.Of(Ash()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_certificate_of_a_name_counts_whoever_issued_it()
    {
        Assert.Null(Look.Certified(host.Layout, "termin.berg.example"));
        Plant("local", Now.AddDays(-3), Now.AddDays(-2));
        Plant("acme.example-directory", Now.AddDays(-1), Now.AddDays(89));
        Assert.Equal((Now.AddDays(-1), Now.AddDays(89)), Look.Certified(host.Layout, "termin.berg.example"));
        Assert.Null(Look.Certified(host.Layout, "www.berg.example"));
    }

    [Fact]
    public void What_systemd_says_of_several_units_is_told_apart()
    {
        var units = Look.Read("Id=vetbooking@berg.service\nActiveState=active\nResult=success\n\nId=caddy.service\nActiveState=failed\nResult=exit-code\n");
        Assert.Equal("active", units["vetbooking@berg.service"]["ActiveState"]);
        Assert.Equal("exit-code", units["caddy.service"]["Result"]);
        Assert.Empty(Look.Read(""));
        Assert.Equal(new DateTime(2026, 11, 29, 1, 53, 57, DateTimeKind.Utc), Look.Moment("Sun 2026-11-29 01:53:57 UTC"));
        Assert.All(new[] { "", "n/a", "@1795900235", null }, never => Assert.Null(Look.Moment(never)));
    }

    internal static SeenHost Ash(params Seen[] practices) => new("ash", Now) { Version = "0.3.0", Practices = practices, Disk = (1_000_000, 500_000), Units = [new SeenUnit("caddy.service", "success")] };

    internal static Seen Berg(string name = "berg") => new(new Practice(name) { Hosts = ["termin.berg.example"], Release = "0.3.0" })
    {
        Is = "asleep",
        Disk = 2_500_000,
        Backup = Now.AddHours(-10),
        Rehearsal = Now.AddDays(-3),
        Certificate = (Now.AddDays(-10), Now.AddDays(80)),
        Wakes = Now.AddHours(4),
        Errors = new Dictionary<string, int> { ["102"] = 3 },
    };

    private void Plant(string authority, DateTime from, DateTime until)
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=termin.berg.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(from, until);
        var file = Path.Combine(host.Layout.Certificates, authority, "termin.berg.example", "termin.berg.example.crt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, certificate.ExportCertificatePem());
    }
}
