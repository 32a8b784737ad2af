using System.CommandLine;
using NodaTime;
using VetBooking.Web.Demo;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs;

/// <summary><c>vetbooking demo</c></summary>
internal static class DemoVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var size = new Option<DemoSize>("--size") { Description = "small, or large: 6 vets, 20,000 past and 2,000 future appointments." };
        var clock = ClockOption.Create();
        var publicUrl = new Option<string>("--public-url") { Description = "The address that links in mails begin with.", DefaultValueFactory = _ => new InstanceSettings().PublicUrl };
        var past = new Option<int>("--past") { Description = "Multiply the past, for measuring.", DefaultValueFactory = _ => 1, Hidden = true };
        var command = new Command("demo", "Make the demo practice: fictional, complete, with appointments around today.") { data, size, clock, publicUrl, past, Answer.Json };
        command.SetVerb(verb =>
        {
            var folder = verb.Folder(data);
            if (Swap.IsHalfDone(folder)) return verb.Refused(DataOption.HalfRestored);
            if (folder.HasPractice) return verb.Refused($"There is a practice in {folder.Path} already; nothing was changed.");
            DemoPractice.Make(folder, verb.GetValue(size), verb.Clock(clock).GetCurrentInstant(), verb.GetValue(publicUrl)!, verb.GetValue(past));
            return verb.Done(
                $"The demo practice is in {folder.Path}. Start it: vetbooking serve --data {folder.Path}",
                new VerbAnswer("demo", true) { Data = folder.Path, Schema = Migrations.Newest, SignIns = DemoAccounts.SignIns });
        });
        return command;
    }
}

/// <summary>The option that sets a demo practice's clock.</summary>
internal static class ClockOption
{
    public static Option<string?> Create() => new("--clock")
    {
        Description = "Demo practice only: its clock starts at this moment (like 2027-03-26T09:00:00+01:00) and runs on.",
        Validators = { result =>
    {
        if (result.GetValueOrDefault<string?>() is { } text && !NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse(text).Success) result.AddError($"--clock {text} is not a moment like 2027-03-26T09:00:00+01:00.");
    } }
    };

    /// <summary>The clock asked for; the machine's if none was.</summary>
    public static IClock Clock(this ParseResult verb, Option<string?> option) => verb.GetValue(option) is { } text
        ? new Shared.ShiftedClock(NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse(text).Value.ToInstant(), SystemClock.Instance)
        : SystemClock.Instance;
}
