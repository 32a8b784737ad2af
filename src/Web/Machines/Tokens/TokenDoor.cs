using VetBooking.Web.Booking;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Machines.Tokens;

/// <summary>A route for programs that show a token. A session opens none of these, and a token no page.</summary>
/// <param name="Scope">What the token must allow.</param>
public sealed record TokenOnly(Scope Scope);

/// <summary>A program that has shown a good token. <see cref="Gate"/> has made sure of it before a handler sees one.</summary>
public sealed record Machine(ApiToken Token)
{
    /// <summary>Lets a handler ask for the program as a parameter.</summary>
    public static ValueTask<Machine?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Machine>());
}

/// <summary>Lets programs in. A token is taken from its header alone: addresses end up in logs and histories.</summary>
internal static class TokenDoor
{
    private const string Scheme = "Bearer ";

    /// <summary>Opens a group of routes to tokens that allow something.</summary>
    public static RouteGroupBuilder ForToken(this RouteGroupBuilder group, Scope scope) => group.WithMetadata(new TokenOnly(scope));

    /// <summary>Why a request may not pass; null if it may.</summary>
    public static async Task<IResult?> WhyNot(HttpContext http, TokenOnly wanted)
    {
        var writer = http.RequestServices.GetRequiredService<Writer>();
        var now = http.RequestServices.GetRequiredService<NodaTime.IClock>().GetCurrentInstant();
        var text = PageLanguage.TextOf(http, writer.Current.Profile);
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return Refuse(http, "", Problems.NoToken(text));
        var shown = header[Scheme.Length..].Trim();
        if (http.RequestServices.GetRequiredService<Readers>().Read(db => ApiToken.Open(db, shown, now)) is not { } token)
        {
            return http.RequestServices.GetRequiredService<Limits>().TooManyWrongTokens(http.Block()) is { } wait
                ? Problems.TooMany(wait, text)
                : Refuse(http, ", error=\"invalid_token\"", Problems.NoToken(text));
        }
        var today = writer.Current.Diary.DateOf(now);
        if (token.Used != today)
        {
            await writer.Write(change =>
            {
                ApiToken.Touch(change, token.Id, today);
                return true;
            });
        }
        if (!token.Scopes.Contains(wanted.Scope)) return Refuse(http, $", error=\"insufficient_scope\", scope=\"{ApiToken.Word(wanted.Scope)}\"", Problems.NotAllowed(ApiToken.Word(wanted.Scope), text));
        http.Features.Set(new Machine(token));
        return null;
    }

    // RFC 6750, 3: what was wrong, for programs that know no more than the standard.
    private static IResult Refuse(HttpContext http, string why, IResult problem)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer realm=\"VetBooking\"" + why;
        return problem;
    }
}
