using NodaTime;

namespace VetBooking.Verify.Attacks.Staff;

/// <summary>An owner: books through the API, then presses this and that behind the mailed link.</summary>
internal sealed class Owner(Api api, Mailbox mailbox, PlanLedger ledger)
{
    private const int Acts = 3;

    public async Task Live(Scene scene, Random random)
    {
        var wanted = scene.Facts.Ask(random, scene.Facts.Around(random, scene.Middle, named: random.Next(2) == 0));
        var answer = await api.TryBook(wanted);
        ledger.Bookings.Enter(wanted, answer);
        if (answer.Status == 409 && !answer.LostProperly) ledger.Odd.Enqueue($"a booking: {answer}");
        ledger.Count("owner book", answer.Won ? Told.Done : Told.Refused);
        if (!answer.Won) return;
        if (await mailbox.LinkFor(wanted.Email, TimeSpan.FromSeconds(10)) is not { } token)
        {
            ledger.Unlinked.Enqueue(answer.Number);
            return;
        }
        if (answer.State == "held" && random.Next(4) > 0) await Press("confirmed", "bestaetigung");
        for (var act = random.Next(Acts); act < Acts; act++)
        {
            switch (random.Next(6))
            {
                case 0: await Press("confirmed", "bestaetigung"); break;
                case 1: await Press("cancelled", "absage"); break;
                case 2: await Press("restored", "absage/rueckgaengig"); break;
                default: await Move(); break;
            }
        }

        async Task Move()
        {
            var start = scene.AnyStart(random);
            await Press("moved", "verschiebung", start - Duration.FromMinutes(start.InZone(scene.Facts.Zone).Minute % wanted.Choice.Type.Grid));
        }

        async Task Press(string act, string button, Instant? start = null)
        {
            var pressed = await api.TryPress($"termin/{token}/{button}", start is { } to ? [KeyValuePair.Create("start", Times.Iso(to, scene.Facts.Zone))] : []);
            var told = pressed.Status switch { 303 => Told.Done, 422 => Told.Refused, _ => Told.Broken };
            ledger.Count("owner " + act, told);
            if (told == Told.Done) ledger.OwnerActs.Enqueue(new OwnerAct(answer.Number, "appointment." + act, start));
            if (pressed.Status is 0 or >= 500) ledger.Broken.Enqueue($"{button}: {pressed}");
            else if (told == Told.Broken) ledger.Odd.Enqueue($"{button}: {pressed}");
        }
    }
}
