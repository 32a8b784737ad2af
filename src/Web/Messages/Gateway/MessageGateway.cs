using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using VetBooking.Web.Machines;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Gateway;

/// <summary>The practice's way to telephones: a gateway that takes signed messages over HTTP. There is none unless an administrator says so.</summary>
/// <param name="Host">Where it is; the rest of its address is encrypted.</param>
/// <param name="RemindersToo">Whether reminders go there also for those who have a mail address.</param>
public sealed record MessageGateway(string Host, bool RemindersToo)
{
    internal byte[] Address { get; init; } = [];

    internal byte[] Secret { get; init; } = [];

    /// <summary>The gateway; null if there is none.</summary>
    public static MessageGateway? Of(Db db) => db.Row(
        "SELECT host, reminders_too, address, secret FROM gateway",
        row => new MessageGateway(row.GetString(0), row.GetBoolean(1)) { Address = row.GetFieldValue<byte[]>(2), Secret = row.GetFieldValue<byte[]>(3) });

    /// <summary>What seals its address and secret.</summary>
    internal static IDataProtector Seal(IDataProtectionProvider protection) => protection.CreateProtector("gateway");

    /// <summary>Where to send, opened.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys are not those of this database.</exception>
    internal PostTarget Target(IDataProtectionProvider protection)
    {
        var seal = Seal(protection);
        return new PostTarget(new Uri(Encoding.UTF8.GetString(seal.Unprotect(Address))), SignedPost.KeyOf(Encoding.UTF8.GetString(seal.Unprotect(Secret))));
    }

    /// <summary>From now on messages go there.</summary>
    internal static void Save(Change change, Staff staff, MessageGateway gateway)
    {
        change.Db.Execute(
            "INSERT INTO gateway VALUES (1, $host, $address, $secret, $too) ON CONFLICT (only) DO UPDATE SET host = $host, address = $address, secret = $secret, reminders_too = $too",
            ("$host", gateway.Host), ("$address", gateway.Address), ("$secret", gateway.Secret), ("$too", gateway.RemindersToo ? 1L : 0L));
        Audit.Add(change, staff.Actor, "gateway.set", "practice", 1);
    }

    /// <summary>No message goes to a telephone any more; what waits is void.</summary>
    internal static void Remove(Change change, Staff staff)
    {
        change.Db.Execute("DELETE FROM gateway");
        change.Db.Execute("UPDATE outbox SET state = 'void' WHERE channel = 'gateway' AND state = 'waiting'");
        Audit.Add(change, staff.Actor, "gateway.removed", "practice", 1);
    }
}

/// <summary>A short message as the gateway gets it.</summary>
/// <param name="To">The number, E.164.</param>
/// <param name="Text">What it says.</param>
/// <param name="Language">The language it is in.</param>
internal sealed record ShortMessage(string To, string Text, string Language)
{
    public string Json() => JsonSerializer.Serialize(this, ShortMessageJson.Default.ShortMessage);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ShortMessage))]
internal sealed partial class ShortMessageJson : JsonSerializerContext;
