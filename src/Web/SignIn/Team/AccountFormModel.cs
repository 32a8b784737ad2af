using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn.Entry;

namespace VetBooking.Web.SignIn.Team;

/// <summary>The form about an account, as it was typed or as the account is.</summary>
public sealed record AccountFormModel(Staff Staff, TeamMemberAccount? Account) : DoorModel(Staff.Visitor)
{
    /// <summary>Whether it is for somebody of the operator's, by the hour.</summary>
    public bool IsSupport { get; init; }

    /// <summary>What was typed; null before.</summary>
    public IFormCollection? Typed { get; init; }

    /// <summary>The invitation to hand over, just now made; empty if it was mailed.</summary>
    public string? Link { get; init; }

    /// <summary>Something to say about what came of the last press of a button.</summary>
    public string? Refused { get; init; }

    /// <summary>The longest the operator may look.</summary>
    public const int MostHours = 72;

    /// <summary>The roles one can give.</summary>
    public static readonly IReadOnlyList<Role> Given = [Role.Administrator, Role.Vet, Role.FrontDesk, Role.Trainee, Role.Locum];

    /// <summary>What stands in a field.</summary>
    public string Value(string field) => Typed?[field].ToString() ?? field switch
    {
        "name" => Account?.Name ?? "",
        "email" => Account?.Email ?? "",
        "rolle" => Account is { } known ? Roles.Word(known.Role) : Roles.Word(Role.FrontDesk),
        "ressource" => Account?.Resource ?? "",
        "bis" => Account?.Ends is { } ends ? LocalDatePattern.Iso.Format(LastDay(ends)) : "",
        "stunden" => "8",
        _ => "",
    };

    /// <summary>The last day of an account that ends.</summary>
    public LocalDate LastDay(Instant ends) => (ends - Duration.FromSeconds(1)).InZone(Staff.Book.Practice.Zone).Date;

    /// <summary>Reads what was typed; the facts if all of it is right, or else the form with what is wrong.</summary>
    public (AccountFacts? Facts, AccountFormModel Model) Read(IFormCollection form)
    {
        var (fields, zone) = (new Fields(), Staff.Book.Practice.Zone);
        var name = fields.Required("name", form["name"], Fields.LongestName);
        var email = fields.Email("email", form["email"]);
        Role? role = IsSupport ? Role.Support : Roles.Read(form["rolle"].ToString());
        if (role is null || (!IsSupport && !Given.Contains(role.Value))) fields.Wrong("rolle", Problem.Unknown);
        var resource = form["ressource"].ToString();
        if (resource.Length > 0 && !Staff.Visitor.Profile.Team.Any(one => one.Id == resource)) fields.Wrong("ressource", Problem.Unknown);
        Instant? ends = null;
        var hours = 0;
        if (IsSupport)
        {
            if (!int.TryParse(form["stunden"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out hours) || hours is < 1 or > MostHours) fields.Wrong("stunden", Problem.TooLong, MostHours);
            else ends = Staff.Now + Duration.FromHours(hours);
        }
        else if (form["bis"].ToString().Trim() is { Length: > 0 } day)
        {
            if (LocalDatePattern.Iso.Parse(day) is { Success: true } parsed && parsed.Value >= Staff.Visitor.Today && parsed.Value.Year < 2200) ends = zone.AtStartOfDay(parsed.Value.PlusDays(1)).ToInstant();
            else fields.Wrong("bis", Problem.NotADate);
        }
        else if (role == Role.Locum) fields.Wrong("bis", Problem.Missing);
        var typed = this with { Typed = form, Faults = [.. fields.Problems.Select(problem => new Fault(problem.Field, Sentence(problem)))] };
        return fields.Problems.Count > 0 ? (null, typed) : (new AccountFacts(name, email!, role!.Value, resource.Length > 0 ? resource : null, ends) { ByMail = form["per"] == "mail" }, typed);
    }

    private string Sentence(FieldProblem problem) => problem.Field switch
    {
        "bis" => problem.Problem == Problem.Missing ? Staff.T.SigninEndsMissing : Staff.T.SigninEndsWrong,
        "stunden" => Staff.T.SigninHoursWrong(MostHours),
        _ => Wording.Of(Staff.T, problem),
    };

    /// <summary>A refusal in words.</summary>
    public static string Words(Texts.Text t, AccountRefusal refusal) => refusal switch
    {
        AccountRefusal.LastAdministrator => t.SigninLastAdministrator,
        AccountRefusal.EmailTaken => t.SigninEmailTaken,
        AccountRefusal.ChangedMeanwhile => t.SigninChangedMeanwhile,
        _ => t.SigninGone,
    };
}
