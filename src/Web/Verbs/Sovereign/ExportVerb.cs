using System.CommandLine;
using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Disclosure;
using VetBooking.Web.Sovereignty.Exports;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary><c>vetbooking export</c></summary>
internal static class ExportVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var to = new Option<string>("--to") { Description = "A new file, like practice.zip.", Required = true };
        var owner = new Option<string>("--owner") { Description = "One person alone: the owner's number in the practice's records, or a mail address." };
        var command = new Command("export", "Write the whole practice as one ZIP: pages to read, tables, a calendar, and every row as JSON. Also while it runs.") { data, to, owner, Answer.Json };
        command.SetVerb(verb => verb.Sovereign(verb.Folder(data), async folder =>
        {
            var file = Path.GetFullPath(verb.GetRequiredValue(to));
            try
            {
                if (verb.GetValue(owner) is { } whom) return await OfOne(verb, folder, whom, file);
                var done = await Export.Write(folder, file, SystemClock.Instance.GetCurrentInstant());
                return verb.Done(
                    $"The practice is in {file}. It is not encrypted: keep it where only the practice can read it, and remove it when it is no longer needed.",
                    new VerbAnswer("export", true) { File = file, Bytes = new FileInfo(file).Length, CreatedAt = done.CreatedAt, Digest = done.Digest });
            }
            catch (ExportException refused)
            {
                return verb.Refused(refused.Message);
            }
        }).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> OfOne(ParseResult verb, DataFolder folder, string owner, string file)
    {
        if (File.Exists(file) || Directory.Exists(file)) throw new ExportException($"{file} is there already; nothing was overwritten.");
        using var db = Db.Open(folder.Database);
        var (person, refusal) = EraseVerb.Whom(db, owner);
        if (person is null) return verb.Refused(refusal);
        await using (var writer = new Writer(folder, SystemClock.Instance))
        {
            await writer.Write(change =>
            {
                Audit.Add(change, Actor.Operator, "data.disclosed", person.Owners.Count > 0 ? "owner" : "practice", person.Owners.FirstOrDefault(1));
                return true;
            });
        }
        var now = SystemClock.Instance.GetCurrentInstant();
        var disclosed = DisclosureZip.Gather(db, (Book.Load(db, now), InstanceSettings.Load(folder.Settings), person), withNotes: true, now);
        await using (var to = Files.Create(file)) await DisclosureZip.Write(to, disclosed);
        return verb.Done(
            $"What the practice has of this person is in {file}. It is not encrypted. {disclosed.File.Review.Count} texts in it are to be read first; person.json lists them under \"review\".",
            new VerbAnswer("export", true) { File = file, Bytes = new FileInfo(file).Length, CreatedAt = disclosed.File.MadeAt });
    }
}
