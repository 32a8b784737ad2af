using System.Net;
using VetBooking.Web.Clients.Busy;
using VetBooking.Web.Protection;

namespace VetBooking.Tests.Clients;

/// <summary>Fetching a calendar from an address somebody typed, with real sockets.</summary>
public sealed class CalendarFetchTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("fc00::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void An_address_inside_is_never_asked(string address) => Assert.False(AddressPolicy.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("2606:4700::1111")]
    public void A_public_address_may_be_asked(string address) => Assert.True(AddressPolicy.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://kalender.example/a.ics")]
    [InlineData("https://kalender.example:8443/a.ics")]
    [InlineData("https://name:wort@kalender.example/a.ics")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://kalender.example/a.ics")]
    [InlineData("kalender.example/a.ics")]
    [InlineData("")]
    public void Only_https_on_its_port_and_without_a_password_is_an_address(string typed) => Assert.Null(AddressPolicy.Read(typed));

    [Fact]
    public void What_calendars_call_webcal_is_https() => Assert.Equal("https://kalender.example/a.ics", AddressPolicy.Read(" webcal://kalender.example/a.ics ")!.AbsoluteUri);

    [Theory]
    [InlineData("https://127.0.0.1/a.ics")]
    [InlineData("https://localhost/a.ics")]
    [InlineData("https://[::1]/a.ics")]
    public async Task The_product_refuses_its_own_machine_by_any_name(string address) =>
        Assert.Equal((null, BusyProblem.NotAllowed), await new CalendarFetch(new FetchRules()).Get(new Uri(address), CancellationToken.None));

    [Fact]
    public async Task A_calendar_is_fetched_and_a_redirection_inside_is_not_followed()
    {
        await using var server = new TlsServer();
        var rules = server.Rules;
        Assert.Equal(("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", null), await Get(rules, server, "/gut"));
        Assert.Equal("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", (await Get(rules, server, "/weiter")).Text);
        var before = server.Asked;
        Assert.Equal((null, BusyProblem.NotAllowed), await Get(rules, server, "/nach-http"));
        Assert.Equal((null, BusyProblem.NotAllowed), await Get(rules with { MayConnect = address => address.Equals(IPAddress.Loopback) }, server, "/nach-innen"));
        Assert.Equal(before + 2, server.Asked);
        Assert.Equal((null, BusyProblem.Refused), await Get(rules, server, "/kreis"));
        Assert.Equal((null, BusyProblem.Refused), await Get(rules, server, "/fehlt"));
        Assert.Equal((null, BusyProblem.TooLarge), await Get(rules, server, "/gross"));
        Assert.Equal((null, BusyProblem.TooLarge), await Get(rules, server, "/endlos"));
        Assert.Equal((null, BusyProblem.TooSlow), await Get(rules with { Patience = TimeSpan.FromMilliseconds(400) }, server, "/langsam"));
        Assert.Equal((null, BusyProblem.Unreachable), await Get(rules with { Trust = null }, server, "/gut"));
        Assert.DoesNotContain("Cookie", server.Heads, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(string? Text, BusyProblem? Problem)> Get(FetchRules rules, TlsServer server, string path) =>
        await new CalendarFetch(rules).Get(new Uri(server.Address + path), CancellationToken.None);
}
