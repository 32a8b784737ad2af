using System.CommandLine;
using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Sovereignty.Exports;
using VetBooking.Web.Sovereignty.Inspection;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs;

/// <summary><c>vetbooking serve</c></summary>
internal static class ServeVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var urls = new Option<string>("--urls") { Description = "Where to listen, unless systemd passes a socket.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var idle = new Option<string?>("--idle-exit") { Description = "Stop after this long without a request, like 10m. systemd's socket starts it again." };
        var behind = new Option<string?>("--behind") { Description = "The network the edge proxy asks from, like 10.210.0.0/16, if it is not on this machine." };
        var clock = ClockOption.Create();
        var noLimits = new Option<bool>("--no-limits") { Description = "Demo practice only: no bounds against abuse, for load tests." };
        var command = new Command("serve", "Run the practice.") { data, urls, idle, behind, clock, noLimits, Answer.Json };
        command.SetAction(async (verb, stop) =>
        {
            var folder = verb.Folder(data);
            await Held(folder, stop);
            if (Swap.IsHalfDone(folder)) return verb.Refused(DataOption.HalfRestored);
            if (!folder.HasPractice) return verb.Refused(DataOption.NoPractice(folder));
            if (IdleExit.Read(verb.GetValue(idle)) is not { } idleExit) return verb.WrongUsage("--idle-exit wants a time like 30s, 10m or 1h.");
            System.Net.IPNetwork edge = default;
            if (verb.GetValue(behind) is { } network && !Behind.TryRead(network, out edge)) return verb.WrongUsage("--behind wants a network like 10.210.0.0/16.");
            try
            {
                using var shared = FolderLock.Share(folder);
                if (shared is null) return verb.Refused(DataOption.HalfRestored);
                Snapshot.Sweep(folder, TimeSpan.FromHours(6));
                ExportPages.Sweep(folder);
                InspectionRoom.Sweep(folder);
                Rehearsal.Sweep(folder);
                var settings = InstanceSettings.Load(folder.Settings);
                var unsettled = StartCheck.IsDue(folder);
                using (var db = Db.Open(folder.Database))
                {
                    if (unsettled && StartCheck.Run(db, new PageSums(folder)) is { } damage) return verb.Failed(damage);
                    Migrations.Run(db);
                    // Who was erased stays erased: also if the database that lies here is an older one.
                    Erasing.CatchUp(db, folder, SystemClock.Instance.GetCurrentInstant());
                    BackupKeys.Ensure(folder);
                    var demo = db.Number("SELECT demo FROM practice") == 1;
                    if (!demo && (verb.GetValue(clock) is not null || verb.GetValue(noLimits))) return verb.Refused("--clock and --no-limits are for a demo practice only.");
                }
                await using var app = PracticeApp.Build(new PracticeAppOptions(folder, settings, verb.Clock(clock))
                {
                    Urls = verb.GetValue(urls)!,
                    IdleExit = idleExit,
                    NoLimits = verb.GetValue(noLimits),
                    Behind = verb.GetValue(behind) is null ? null : edge,
                });
                var trust = app.Services.GetRequiredService<Writer>().Trust;
                _ = trust.Lost.ContinueWith(_ => app.Lifetime.StopApplication(), TaskScheduler.Default);
                await app.RunAsync(stop);
                if (trust.IsLost) return verb.Failed("The disk could not save. Start the practice again: it looks the database over before it answers. If this happens again, the disk has to be replaced.");
                return verb.Done("The practice has stopped.", new VerbAnswer("serve", true) { Data = folder.Path });
            }
            catch (Exception wrong) when (wrong is NewerDatabaseException or SettingsException or OldSqliteException)
            {
                return verb.Refused(wrong.Message);
            }
            catch (JournalException journal)
            {
                return verb.Refused($"The journal of erasures {journal.Message} The practice does not start without it.");
            }
            catch (IOException busy) when (busy.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                return verb.Failed($"The practice could not listen: {busy.Message}");
            }
            catch (Exception failed) when (Answer.IsStorage(failed))
            {
                return verb.StorageFailed(failed);
            }
        });
        return command;
    }

    // Whoever laid it there may have been killed.
    private static async Task Held(DataFolder folder, CancellationToken stop)
    {
        for (var tries = 0; tries < 150 && File.Exists(folder.Hold); tries++) await Task.Delay(200, stop);
    }
}
