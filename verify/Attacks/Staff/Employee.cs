using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace VetBooking.Verify.Attacks.Staff;

/// <summary>Somebody of the staff who plans at one desk, one act after the other, as they come.</summary>
internal sealed class Employee(Desk desk, PlanLedger ledger, int number) : IDisposable
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDatePattern Date = LocalDatePattern.Iso;

    private int said;
    private LastDone? last;

    /// <summary>What the others are looking at, too.</summary>
    public Task<Seen> Look(Scene scene) => desk.Board(scene.Day);

    public async Task Work(Scene scene, Random random, (int Acts, (long Id, int Revision)? Contested) task)
    {
        // Everybody begins with the same appointment, as they all saw it before the round began.
        if (task.Contested is { } contested) await ChangeSomething(scene, random, contested);
        for (var act = 0; act < task.Acts; act++)
        {
            var seen = await desk.Board(scene.Day);
            switch (random.Next(20))
            {
                case < 8 when seen.Appointments.Count > 0: await ChangeSomething(scene, random, Scene.AnyOf(random, seen.Appointments)); break;
                case < 11: await Book(scene, random); break;
                case < 13: await Decide(random); break;
                case < 15: await BlockTime(scene, random); break;
                case < 17 when seen.Blocked.Count > 0: await Free(Scene.AnyOf(random, seen.Blocked)); break;
                default: await TakeBack(scene); break;
            }
        }
    }

    public void Dispose() => desk.Dispose();

    private Task ChangeSomething(Scene scene, Random random, (long Id, int Revision) one) => random.Next(6) switch
    {
        0 => Cancel(random, one),
        1 => Note(one),
        _ => Move(scene, random, one),
    };

    /// <summary>Another time, another length, somebody else; asked again, it is often insisted on.</summary>
    private async Task Move(Scene scene, Random random, (long Id, int Revision) one)
    {
        var start = scene.AnyStart(random);
        int? minutes = random.Next(2) == 0 ? 5 * random.Next(1, 13) : null;
        var to = random.Next(3) == 0 ? Scene.AnyOf(random, scene.Resources) : "";
        var (asScript, overrides, tell, squeeze) = (random.Next(3) > 0, random.Next(3) > 0, random.Next(4) == 0, "");
        var sent = one.Revision;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var reply = await desk.Send(Path("termin", one.Id, "verschiebung"), asScript,
                ("revision", Text(sent)), ("tag", Date.Format(scene.Day)), ("um", Wall(scene, start)), ("minuten", minutes is { } length ? Text(length) : ""),
                ("nach", to), ("sagen", tell ? "1" : ""), ("trotzdem", overrides ? "1" : ""), ("einschieben", squeeze));
            ledger.Count("staff move", reply.Told);
            if (reply.Told == Told.Done)
            {
                ledger.Acts.Enqueue(new StaffAct(desk.Account, "appointment.moved", one.Id, sent) { Start = start, Minutes = minutes, Squeeze = squeeze });
                last = new LastDone("moved", one.Id, "");
                return;
            }
            if (reply.Told is not (Told.Changed or Told.Asked) || random.Next(2) == 0) return;
            if (reply.Told == Told.Changed) sent = reply.Revision;
            else (overrides, squeeze) = (true, Reason("Einschub"));
        }
    }

    private async Task Cancel(Random random, (long Id, int Revision) one)
    {
        var reply = await desk.Send(Path("termin", one.Id, "absage"), asScript: false,
            ("revision", Text(one.Revision)), ("grund", "krank"), ("sagen", random.Next(2) == 0 ? "1" : ""));
        ledger.Count("staff cancel", reply.Told);
        if (reply.Told != Told.Done) return;
        ledger.Acts.Enqueue(new StaffAct(desk.Account, "appointment.cancelled", one.Id, one.Revision));
        last = new LastDone("cancelled", one.Id, "");
    }

    private async Task Note((long Id, int Revision) one)
    {
        var reply = await desk.Send(Path("termin", one.Id, "notiz"), asScript: false, ("revision", Text(one.Revision)), ("notiz", Reason("Notiz")));
        ledger.Count("staff note", reply.Told);
        if (reply.Told == Told.Done) ledger.Acts.Enqueue(new StaffAct(desk.Account, "appointment.noted", one.Id, one.Revision));
    }

    private async Task Decide(Random random)
    {
        var waiting = await desk.Requests();
        if (waiting.Appointments.Count == 0) return;
        var ((id, revision), yes) = (Scene.AnyOf(random, waiting.Appointments), random.Next(3) > 0);
        var reply = await desk.Send(Path("anfragen", id, "entscheidung"), asScript: false,
            ("stand", Text(revision)), ("wie", yes ? "zusage" : "absage"), ("antwort", ""));
        ledger.Count("staff decide", reply.Told);
        if (reply.Told == Told.Done) ledger.Acts.Enqueue(new StaffAct(desk.Account, yes ? "appointment.approved" : "appointment.declined", id, revision));
    }

    private async Task Book(Scene scene, Random random)
    {
        var choice = scene.Facts.Around(random, scene.Middle, named: random.Next(2) == 0);
        var (start, minutes, key) = (scene.AnyStart(random), 5 * random.Next(2, 13), Reason("Anruf"));
        var (overrides, squeeze) = (random.Next(2) == 0 ? "1" : "", random.Next(4) == 0 ? Reason("Einschub") : "");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var reply = await desk.Send("praxis/neu", asScript: false,
                ("weiter", "buchen"), ("name", "Toni Telefon"), ("telefon", "030 7654321"), ("tiername", "Mio"), ("tierart", choice.Species), ("art", choice.Type.Id),
                ("zeit", "um"), ("tag", Date.Format(scene.Day)), ("um", Wall(scene, start)), ("dauer", Text(minutes)), ("bei", choice.Vet ?? ""),
                ("schluessel", key), ("notiz", key), ("trotzdem", overrides), ("grund", squeeze));
            ledger.Count("staff book", reply.Told);
            if (reply.Told == Told.Done)
            {
                var id = long.Parse(reply.Location[(reply.Location.LastIndexOf('/') + 1)..].Split('?')[0], CultureInfo.InvariantCulture);
                ledger.Calls.Enqueue(new PhoneCall(desk.Account, id, start, minutes, squeeze));
                last = new LastDone("made", id, "");
                return;
            }
            if (reply.Told != Told.Asked || random.Next(2) == 0) return;
            (overrides, squeeze) = ("1", Reason("Einschub"));
        }
    }

    private async Task BlockTime(Scene scene, Random random)
    {
        var (from, reason) = (scene.AnyStart(random), Reason("Sperre"));
        var to = from + Duration.FromMinutes(5 * random.Next(1, 7));
        var resources = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Scene.AnyOf(random, scene.Resources)).Distinct().ToList();
        var reply = await desk.Send("praxis/sperre", asScript: false,
            [("tag", Date.Format(scene.Day)), ("um", Wall(scene, from)), ("bis", Wall(scene, to)), ("grund", reason), .. resources.Select(one => ("spalte", one))]);
        ledger.Count("staff block", reply.Told is Told.Asked ? Told.Refused : reply.Told);
        if (reply.Told != Told.Done) return;
        ledger.Blocks.Enqueue(new Block(reason, resources, from, to));
        last = new LastDone("blocked", 0, reason);
    }

    private async Task Free(long blocked)
    {
        if (await desk.ReasonOf(blocked) is not { } reason) return;
        var reply = await desk.Send(Path("sperre", blocked, "aufhebung"), asScript: false);
        ledger.Count("staff free", reply.Told);
        if (reply.Told != Told.Done) return;
        ledger.Freed.Enqueue(reason);
        last = new LastDone("unblocked", 0, reason);
    }

    private async Task TakeBack(Scene scene)
    {
        var reply = await desk.Send("praxis/rueckgaengig", asScript: false, ("tag", Date.Format(scene.Day)));
        var done = reply.Location.Contains("rueckgaengig=done", StringComparison.Ordinal);
        ledger.Count("staff undo", reply.Told == Told.Done && !done ? Told.Refused : reply.Told);
        if (!done) return;
        if (last is null) ledger.Odd.Enqueue($"desk {number} was told that something was taken back, but had done nothing");
        else ledger.TakenBack.Enqueue(new TakenBack(desk.Account, last));
        last = null;
    }

    /// <summary>A text that nobody else sends.</summary>
    private string Reason(string word) => string.Create(CultureInfo.InvariantCulture, $"{word} {number}-{++said}");

    private static string Wall(Scene scene, Instant instant) => Clock.Format(instant.InZone(scene.Facts.Zone).TimeOfDay);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Path(string what, long id, string act) => string.Create(CultureInfo.InvariantCulture, $"praxis/{what}/{id}/{act}");
}
