using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Team;

/// <summary>An account as administrators see it.</summary>
public sealed record TeamMemberAccount(long Id, string Name, string Email, Role Role, string? Resource)
{
    public Instant? Ends { get; init; }
    public bool IsActive { get; init; }

    /// <summary>Whether its holder has ever chosen how to sign in.</summary>
    public bool IsEnrolled { get; init; }

    /// <summary>Whether a link waits to be used.</summary>
    public bool IsInvited { get; init; }

    public Instant? Seen { get; init; }

    /// <summary>A fingerprint of what a form shows: tells whether somebody else has changed it since.</summary>
    public string State => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Id}\n{Name}\n{Email}\n{Role}\n{Resource}\n{Ends?.ToUnixTimeSeconds()}\n{IsActive}"))).AsSpan(0, 8));

    public bool IsOpen(Instant now) => IsActive && (Ends is null || Ends > now);

    private const string Columns =
        """
        SELECT a.id, a.name, a.email, a.role, a.resource_id, a.ends_at, a.active,
               a.password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM passkey p WHERE p.account_id = a.id),
               EXISTS (SELECT 1 FROM invitation i WHERE i.account_id = a.id),
               (SELECT max(seen_at) FROM session s WHERE s.account_id = a.id)
        FROM account a
        """;

    public static IReadOnlyList<TeamMemberAccount> All(Db db) => db.Rows(Columns + " ORDER BY a.active DESC, a.name, a.id", Read);

    public static TeamMemberAccount? Find(Db db, long id) => db.Row(Columns + " WHERE a.id = $id", Read, ("$id", id));

    private static TeamMemberAccount Read(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), Roles.Read(row.GetString(3))!.Value, row.Text(4))
        {
            Ends = row.Number(5) is { } ends ? Instant.FromUnixTimeSeconds(ends) : null,
            IsActive = row.GetBoolean(6),
            IsEnrolled = row.GetBoolean(7),
            IsInvited = row.GetBoolean(8),
            Seen = row.Number(9) is { } seen ? Instant.FromUnixTimeSeconds(seen) : null,
        };
}
