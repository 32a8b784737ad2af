using System.Text;
using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;
using VetBooking.Web.Website;

namespace VetBooking.Web.Shared;

/// <summary>Somebody looking at a page of the practice: what they asked for, in which language, and the practice as it is now.</summary>
public sealed class Visitor
{
    private Visitor(HttpContext http)
    {
        Http = http;
        Book = http.RequestServices.GetRequiredService<Writer>().Current;
        Now = http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
        Language = PageLanguage.Of(http, Book.Profile);
        T = Book.Profile.Texts.In(Language);
    }

    public HttpContext Http { get; }

    /// <summary>The practice and its diary as of the last commit.</summary>
    public Book Book { get; }

    public Profile Profile => Book.Profile;

    public Instant Now { get; }

    /// <summary>The language of the page.</summary>
    public string Language { get; }

    /// <summary>The texts in that language.</summary>
    public Text T { get; }

    /// <summary>Whether they see the booking inside a frame of another website.</summary>
    public bool IsFramed => Embedding.IsFramed(Http);

    /// <summary>The target of links that leave the booking, above all telephone numbers: the window around a frame, if there is one.</summary>
    public string? Outside => IsFramed ? "_top" : null;

    /// <summary>Today on the practice's calendar.</summary>
    public LocalDate Today => Book.Diary.DateOf(Now);

    /// <summary>Whoever sent this request.</summary>
    public static Visitor Of(HttpContext http) => new(http);

    /// <summary>Lets a handler ask for the visitor as a parameter.</summary>
    public static ValueTask<Visitor?> BindAsync(HttpContext http) => ValueTask.FromResult<Visitor?>(Of(http));

    /// <summary>A value from the address; empty if there is none.</summary>
    public string Asked(string name) => Http.Request.Query[name].ToString();

    /// <summary>What was typed into the form that was sent; nothing, if what was sent is no form. Files only where the route takes one.</summary>
    public Task<IFormCollection> Form() => (Http.Request.GetTypedHeaders().ContentType?.MediaType.Value, Http.GetEndpoint()?.Metadata.GetMetadata<TakesFile>()) switch
    {
        ("application/x-www-form-urlencoded", _) => Http.Request.ReadFormAsync(),
        ("multipart/form-data", { } file) => Http.Request.ReadFormAsync(file.Options),
        _ => Task.FromResult<IFormCollection>(FormCollection.Empty),
    };

    /// <summary>An address on this site. A language chosen by hand travels along; there is no cookie to remember it.</summary>
    public string Url(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var url = new StringBuilder(path);
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in query) Append(name, value);
        if (Asked("lang") == Language) Append("lang", Language);
        return url.ToString();

        void Append(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            url.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
    }

    /// <summary>This very page in another language.</summary>
    public string InLanguage(string language)
    {
        var query = Http.Request.Query.Where(pair => pair.Key != "lang").Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
        return Http.Request.Path.ToUriComponent() + "?" + string.Join('&', query.Append("lang=" + language));
    }

    /// <summary>The frame around a page of this visitor's.</summary>
    public Frame Frame(string title) => new() { Visitor = this, Title = title };

    /// <summary>After a POST: go and GET the next page.</summary>
    public static IResult SeeOther(string url) => new SeeOtherResult(url);

    private sealed class SeeOtherResult(string url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = url;
            return Task.CompletedTask;
        }
    }
}

/// <summary>What every page has around it.</summary>
public sealed record Frame
{
    public required Visitor Visitor { get; init; }

    /// <summary>The page's own title; the practice's name is added.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the page says that something typed is wrong; then its title says so first.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Which step of the booking this is; 0 outside of it.</summary>
    public int Step { get; init; }

    /// <summary>Where "back" leads; nowhere if null.</summary>
    public string? Back { get; init; }

    /// <summary>Whether search engines may list the page. Pages about somebody's appointment are nobody's business.</summary>
    public bool Listed { get; init; }

    /// <summary>Whether the page is one of the practice's own site, which has a style sheet more.</summary>
    public bool IsSite { get; init; }

    /// <summary>Whether the page has a card at its side.</summary>
    public bool HasAside { get; init; }

    public Text T => Visitor.T;

    public Profile Profile => Visitor.Profile;

    /// <summary>How many steps a booking has.</summary>
    public const int Steps = 5;
}
