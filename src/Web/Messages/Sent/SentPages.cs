using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Sent;

/// <summary>What the practice has written to owners, to be read later.</summary>
internal static class SentPages
{
    /// <summary><c>GET /praxis/nachrichten/{id}</c></summary>
    public static IResult Show(Staff staff, long id, Readers readers) => readers.Read(db => SentMail.Find(db, id)) is { } mail
        ? Page.Ok(SentPage.Create(new SentModel(staff, mail)))
        : NotFoundPage.Show(staff.Visitor);
}

/// <summary>The page of one mail.</summary>
public sealed record SentModel(Staff Staff, SentMail Mail);

/// <summary>A table of mails.</summary>
public sealed record SentTableModel(Staff Staff, IReadOnlyList<SentMail> Mails);
