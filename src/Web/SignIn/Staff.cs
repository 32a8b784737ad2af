using Microsoft.AspNetCore.Html;
using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.SignIn;

/// <summary>Somebody of the practice who is signed in. <see cref="Protection.Gate"/> has made sure of it before a handler sees one.</summary>
public sealed class Staff(Visitor visitor, Session session, string formToken)
{
    /// <summary>The field, and in requests of scripts the header, that carries <see cref="FormToken"/>.</summary>
    public const string FormTokenField = "form-token";

    public Visitor Visitor { get; } = visitor;

    public Session Session { get; } = session;

    /// <summary>What every form on a staff page must carry; <see cref="FormTokenField"/>.</summary>
    public string FormToken { get; } = formToken;

    /// <summary><see cref="FormToken"/> as the hidden field that every staff form begins with.</summary>
    public HtmlString Token => new($"<input type=\"hidden\" name=\"{FormTokenField}\" value=\"{FormToken}\">");

    public Account Account => Session.Account;

    /// <summary>Who acts, for the audit log.</summary>
    public Actor Actor => Actor.Account(Account.Id);

    public Text T => Visitor.T;

    public Book Book => Visitor.Book;

    public Instant Now => Visitor.Now;

    /// <summary>Whether they may do this; pages leave out what they may not.</summary>
    public bool May(Right right) => Account.Role.May(right);

    /// <summary>The frame around a page of theirs.</summary>
    public StaffFrame Frame(string title) => new() { Staff = this, Title = title };

    /// <summary>Lets a handler ask for the staff member as a parameter.</summary>
    public static ValueTask<Staff?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Staff>());
}

/// <summary>What every staff page has around it.</summary>
public sealed record StaffFrame
{
    public required Staff Staff { get; init; }

    /// <summary>The page's own title; the practice's name is added.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the page says that something typed is wrong; then its title says so first.</summary>
    public bool HasErrors { get; init; }

    /// <summary>The address of the entry of the navigation that this page belongs to, like <c>/praxis/tag</c>.</summary>
    public string Here { get; init; } = "";

    /// <summary>The scripts the page is better with, by their names in <c>wwwroot/staff</c>. It must work without them.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Whether the page needs the whole width of the window, as the day board does.</summary>
    public bool IsWide { get; init; }
}
