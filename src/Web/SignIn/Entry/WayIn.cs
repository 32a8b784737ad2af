using System.Globalization;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Entry;

/// <summary>What every way in has in common.</summary>
internal static class WayIn
{
    /// <summary>Starts a session in this browser, and ends the one it had: nobody gets in by a token that was there before.</summary>
    public static string Start(Change change, HttpContext http, long account, string how)
    {
        if (StaffCookie.Read(http) is { } old && Sessions.Open(change.Db, old, change.Now) is { } before) Sessions.End(change, Actor.Account(before.Account.Id), before.Id);
        return Sessions.Start(change, account, Device(http.Request.Headers.UserAgent.ToString()), how);
    }

    /// <summary>Where somebody wanted to go: an address under /praxis of this very site, or else its start.</summary>
    public static string LocalPath(string wanted)
    {
        const string home = "/praxis";
        if (!wanted.StartsWith(home, StringComparison.Ordinal) || wanted.Length > 1000) return home;
        if (wanted.Length > home.Length && wanted[home.Length] is not ('/' or '?')) return home;
        if (wanted.Any(one => one is <= ' ' or > '~' or '\\' or '#' or '"' or '<' or '>')) return home;
        return wanted.Contains("//", StringComparison.Ordinal) || wanted.Contains("..", StringComparison.Ordinal) || wanted.StartsWith("/praxis/anmelden", StringComparison.Ordinal)
            ? home
            : wanted;
    }

    /// <summary>Browser and system in two words, for the list of one's sessions.</summary>
    public static string Device(string agent)
    {
        string Find((string Mark, string Word)[] known) => known.FirstOrDefault(one => agent.Contains(one.Mark, StringComparison.Ordinal)).Word ?? "?";
        var browser = Find([("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
        var system = Find([("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")]);
        return browser == "?" && system == "?" ? "" : $"{browser}, {system}";
    }

    /// <summary>The sentence for whoever tried too often, and the header that says so to programs.</summary>
    public static string TooOften(Visitor visitor, Duration wait)
    {
        visitor.Http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return wait > Duration.FromSeconds(90) ? visitor.T.SigninWaitMinutes((int)Math.Ceiling(wait.TotalMinutes)) : visitor.T.SigninWait;
    }

    /// <summary>Notes an attempt that failed or was refused; by whom nobody knows.</summary>
    public static Task Note(Writer writer, string act, long? account) => writer.Write(change =>
    {
        if (account is { } id) Audit.Add(change, Actor.Anyone, act, "account", id);
        else Audit.Add(change, Actor.Anyone, act, "practice", 1);
        return true;
    });

    /// <summary>What counts attempts at an address: two spellings of one address are one.</summary>
    public static string KeyOf(string typed) => EmailAddress.Read(typed).Address?.Key ?? typed.Trim().ToLowerInvariant();

    /// <summary>Only pages of this site may send these forms; another one's could sign somebody in as somebody else.</summary>
    public static async ValueTask<object?> SameSiteOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        HttpMethods.IsPost(context.HttpContext.Request.Method) && !Protection.Gate.SameSite(context.HttpContext)
            ? Results.Text(Visitor.Of(context.HttpContext).T.StaffStaleForm, statusCode: StatusCodes.Status400BadRequest)
            : await next(context);
}
