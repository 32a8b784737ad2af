using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Running;

/// <summary>A signed-in browser of the practice's.</summary>
public sealed class Desk : IDisposable
{
    internal Desk(long account, string token, Uri address)
    {
        (Account, Token) = (account, token);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        Http.DefaultRequestHeaders.Add("Cookie", "praxis=" + token);
        Browser = new Browser(Http);
    }

    /// <summary>Id of the account.</summary>
    public long Account { get; }

    /// <summary>What is in the cookie.</summary>
    public string Token { get; }

    /// <summary>Sends the cookie along, and nothing else.</summary>
    public HttpClient Http { get; }

    public Browser Browser { get; }

    public Task<Seen> Open(string url) => Browser.Open(url);

    /// <summary>Sends a form with the session's form token, as every staff page's forms do.</summary>
    public Task<Seen> Post(string url, params (string Name, string Value)[] fields) => Browser.Post(url, fields.Append((Staff.FormTokenField, Sessions.FormToken(Token))));

    public void Dispose() => Http.Dispose();
}
