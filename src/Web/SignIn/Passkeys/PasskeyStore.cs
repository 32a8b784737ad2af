using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Passkeys;

/// <summary>What is kept of a passkey: what its answers are checked against.</summary>
internal sealed record PasskeyData(byte[] PublicKey, uint SignCount, string[] Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PasskeyData))]
internal sealed partial class PasskeyJson : JsonSerializerContext;

/// <summary>Lets Identity's passkey handler look up accounts and passkeys. It only reads: what changes goes through the one writer.</summary>
internal sealed class PasskeyStore(Readers readers, IClock clock) : IUserPasskeyStore<Account>
{
    private const string Columns = "SELECT credential_id, name, data, created_at FROM passkey WHERE ";

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(
        long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? readers.Read(db => Accounts.ById(db, id, clock.GetCurrentInstant()))?.Account : null);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>(readers.Read(db => db.Rows(Columns + "account_id = $account", Read, ("$account", user.Id))));

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(readers.Read(db =>
        db.Number("SELECT account_id FROM passkey WHERE credential_id = $id", ("$id", credentialId)) is var account and > 0
            ? new Account(account, "", "", Role.Trainee, null)
            : null));

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(readers.Read(db =>
        db.Row(Columns + "account_id = $account AND credential_id = $id", Read, ("$account", user.Id), ("$id", credentialId))));

    public void Dispose()
    {
    }

    // What Identity could do beyond this is not done through it.
    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static UserPasskeyInfo Read(SqliteDataReader row)
    {
        var data = JsonSerializer.Deserialize(row.GetString(2), PasskeyJson.Default.PasskeyData)!;
        return new UserPasskeyInfo(
            row.GetFieldValue<byte[]>(0), data.PublicKey, DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)), data.SignCount, data.Transports,
            data.IsUserVerified, data.IsBackupEligible, data.IsBackedUp, [], [])
        { Name = row.GetString(1) };
    }
}
