using System.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>
/// The practice's keys for backups, in <c>keys/backup.key</c>: one recovery code a line, the newest first. Each backup has a
/// key of its own that one of these wraps; none of them is ever inside a backup.
/// </summary>
internal sealed class BackupKeys
{
    private readonly List<RecoveryCode> codes;

    private BackupKeys(List<RecoveryCode> codes) => this.codes = codes;

    /// <summary>The one that new backups are wrapped with.</summary>
    public RecoveryCode Newest => codes[0];

    /// <summary>The key a backup names; null if it is not here.</summary>
    public RecoveryCode? Find(string id) => codes.FirstOrDefault(code => code.Id == id);

    /// <summary>The practice's keys; a practice that has none gets its first.</summary>
    /// <exception cref="BackupException">The file is there and holds no key.</exception>
    public static BackupKeys Of(DataFolder folder)
    {
        Ensure(folder);
        return Read(folder.BackupKey);
    }

    /// <summary>Gives a practice that has none its first key. It is not read here: that would load OpenSSL before the first page.</summary>
    public static void Ensure(DataFolder folder)
    {
        if (!File.Exists(folder.BackupKey)) Save(folder, [RecoveryCode.Create()]);
    }

    /// <summary>Reads a file of recovery codes, as it is kept or typed from paper.</summary>
    /// <exception cref="BackupException">There is no such file, or no key in it.</exception>
    public static BackupKeys Read(string path)
    {
        if (!File.Exists(path)) throw new BackupException($"There is no key in {path}. Give the practice's recovery code with --key FILE.");
        var codes = new List<RecoveryCode>();
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
            codes.Add(RecoveryCode.Read(line) ?? throw new BackupException($"A line of {path} is no recovery code: it has {RecoveryCode.Groups} groups of four, and the last one checks the others. Look for a letter that was misread."));
        return codes.Count > 0 ? new BackupKeys(codes) : throw new BackupException($"There is no key in {path}. Give the practice's recovery code with --key FILE.");
    }

    /// <summary>Puts a new key in front; older backups stay readable with the ones behind it.</summary>
    public static RecoveryCode Rotate(DataFolder folder)
    {
        var keys = Of(folder);
        var fresh = RecoveryCode.Create();
        Save(folder, [fresh, .. keys.codes]);
        return fresh;
    }

    /// <summary>Keeps them in a practice's folder, before those that are there.</summary>
    public void Save(DataFolder folder, DataFolder? also = null)
    {
        var older = also is not null && File.Exists(also.BackupKey) ? Read(also.BackupKey).codes : [];
        Save(folder, [.. codes, .. older.Where(code => Find(code.Id) is null)]);
    }

    private static void Save(DataFolder folder, List<RecoveryCode> codes) =>
        Files.Replace(folder.BackupKey, Encoding.ASCII.GetBytes(string.Concat(codes.Select(code => code + "\n"))));
}
