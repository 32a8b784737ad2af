using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>Whom a message goes to.</summary>
/// <param name="Name">As they are called.</param>
/// <param name="Email">Where they read mail.</param>
/// <param name="Language">The language they are written to in.</param>
public sealed record Recipient(string Name, string Email, string Language)
{
    /// <summary>An owner as the practice's records have them; null if there is none.</summary>
    internal static Recipient? Owner(Db db, long owner) => db.Row(
        "SELECT name, email, language FROM owner WHERE id = $id", row => new Recipient(row.GetString(0), row.GetString(1), row.GetString(2)), ("$id", owner));
}

/// <summary>
/// What a message is about, as the database had it when its turn came. Found inside a change, because its link may have
/// to be made; put into words outside.
/// </summary>
public abstract record Matter
{
    public abstract Recipient To { get; }

    /// <summary>The secret of its link, nowhere else in plain: the database holds its hash. Null if it has none.</summary>
    public string? Token { get; init; }

    /// <summary>The right part of its Message-ID before the host, the same at every attempt.</summary>
    public virtual string Reference => "";

    /// <summary>Where its link leads, with the token last; only asked for if there is a token.</summary>
    protected virtual string Way => "termin/";

    /// <summary>Where one click ends all messages of its kind (RFC 8058), below the practice's address; null if it is none of those one can end.</summary>
    public virtual string? OneClickEnd => null;

    /// <summary>Its words.</summary>
    public abstract MailText Say(Book book, MailLinks links, Instant now);

    /// <summary>The calendar file that goes with it, and its method; null if none does.</summary>
    public virtual (string File, string Method)? Calendar(Book book, MailLinks links, InstanceSettings settings, Instant now) => null;

    /// <summary>The links of this matter in a practice at this address.</summary>
    public MailLinks Links(string publicUrl) => new(publicUrl.TrimEnd('/') + "/", Token is null ? null : $"{publicUrl.TrimEnd('/')}/{Way}{Token}");
}
