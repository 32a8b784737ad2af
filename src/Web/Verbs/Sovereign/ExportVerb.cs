using System.CommandLine;
using NodaTime;
using VetBooking.Web.Sovereignty.Exports;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary><c>vetbooking export</c></summary>
internal static class ExportVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var to = new Option<string>("--to") { Description = "A new file, like practice.zip.", Required = true };
        var command = new Command("export", "Write the whole practice as one ZIP: pages to read, tables, a calendar, and every row as JSON. Also while it runs.") { data, to, Answer.Json };
        command.SetVerb(verb => verb.Sovereign(verb.Folder(data), async folder =>
        {
            var file = Path.GetFullPath(verb.GetRequiredValue(to));
            try
            {
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
}
