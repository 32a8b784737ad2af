using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.VisitFlow;

/// <summary>Who did not come, and what follows from it.</summary>
public sealed class NoShowTests(PracticeFixture fixture)
{
    private const string Twice = "UPDATE practice SET no_show_limit = 2, no_show_months = 12";

    [Fact]
    public async Task Whoever_did_not_come_too_often_can_only_ask_from_the_confirmation_on()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Twice });
        await Missed(practice, 2);
        var booked = await practice.Api.BookFirst("impfung");
        Assert.Equal("held", practice.Of(booked.Number, "state"));
        var seen = await Confirm(practice, booked.Number);
        Assert.Equal(200, seen.Status);
        Assert.Equal("requested", practice.Of(booked.Number, "state"));
        Assert.NotNull(practice.Of(booked.Number, "expires_at"));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM outbox o JOIN appointment a ON a.id = o.appointment_id WHERE a.number = $number AND o.kind = 'requested'", ("$number", booked.Number)));
        // Pressed once more, it is still the same request.
        Assert.Equal(200, (await Confirm(practice, booked.Number)).Status);
        Assert.Equal("requested", practice.Of(booked.Number, "state"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Fewer_or_older_or_waived_ones_and_those_of_others_change_nothing()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Twice });
        var desk = await practice.SignedIn();
        var missed = await Missed(practice, 2);
        await Missed(practice, 3, "otto@example.org");
        await desk.Post($"/praxis/nichterschienen/{missed[0]}");
        Assert.Equal("booked", await BookAndConfirm(practice));
        await desk.Post($"/praxis/nichterschienen/{missed[0]}", ("zaehlt", "ja"));
        Assert.Equal("requested", await BookAndConfirm(practice));
        practice.Db.Execute("UPDATE appointment SET starts_at = starts_at - 400 * 86400 WHERE id = $id", ("$id", missed[0]));
        Assert.Equal("booked", await BookAndConfirm(practice));
        Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM audit WHERE act IN ('no-show.waived', 'no-show.counted')"));
    }

    [Fact]
    public async Task Nothing_before_the_confirmation_tells_the_two_apart()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Twice + "; UPDATE visit_type SET mode = 'at-once' WHERE id = 'impfung'" });
        await Missed(practice, 2);
        var (missed, other) = (await practice.Api.BookFirst("impfung"), await practice.Api.BookFirst("impfung", email: "otto@example.org"));
        Assert.Equal(("held", "held"), (practice.Of(missed.Number, "state"), practice.Of(other.Number, "state")));
        Assert.Equal(missed.Json.AsObject().Select(pair => pair.Key), other.Json.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public async Task Without_the_rule_nothing_follows_and_only_who_manages_sets_it()
    {
        await using var practice = await fixture.Start();
        var (desk, head) = (await practice.SignedIn(), await practice.SignedIn(Role.Administrator));
        await Missed(practice, 5);
        Assert.Equal("booked", await BookAndConfirm(practice));
        Assert.Equal(403, (await desk.Post("/praxis/nichterschienen/regel", ("anzahl", "2"), ("monate", "6"))).Status);
        foreach (var (limit, months) in new[] { ("0", "6"), ("21", "6"), ("zwei", "6"), ("2", "0"), ("2", "61"), ("2", "") })
        {
            var wrong = await head.Post("/praxis/nichterschienen/regel", ("anzahl", limit), ("monate", months));
            Assert.Equal((422, limit, months), (wrong.Status, wrong.Value("#anzahl"), wrong.Value("#monate")));
            Assert.Empty(wrong.DeadErrorLinks);
        }
        var set = await head.Post("/praxis/nichterschienen/regel", ("anzahl", "2"), ("monate", "6"));
        Assert.Contains("Wer 2 Mal in 6 Monaten nicht kam", set.Words, StringComparison.Ordinal);
        Assert.Contains("5 Mal", set.Words, StringComparison.Ordinal);
        Assert.Equal("requested", await BookAndConfirm(practice));
        await head.Post("/praxis/nichterschienen/regel", ("anzahl", ""), ("monate", "6"));
        Assert.Equal("booked", await BookAndConfirm(practice));
    }

    /// <summary>Appointments of last week's that nobody came to.</summary>
    private static async Task<List<long>> Missed(RunningPractice practice, int count, string email = "erika@example.org")
    {
        var desk = await practice.SignedIn();
        var missed = practice.Db.Rows(
            "SELECT id FROM appointment WHERE state = 'booked' AND starts_at < $now AND id NOT IN (SELECT appointment_id FROM arrival WHERE appointment_id IS NOT NULL) ORDER BY starts_at DESC LIMIT $count",
            row => row.GetInt64(0), ("$now", PracticeFixture.Monday.ToUnixTimeSeconds()), ("$count", count));
        foreach (var id in missed)
        {
            practice.Db.Execute("UPDATE appointment SET email = $email, email_key = $email, owner_id = NULL WHERE id = $id", ("$email", email), ("$id", id));
            Assert.Equal(200, (await desk.Post($"/praxis/termin/{id}/nichterschienen", ("stand", "0"))).Status);
        }
        Assert.Equal(count, missed.Count);
        return missed;
    }

    private static async Task<string?> BookAndConfirm(RunningPractice practice)
    {
        practice.Clock.Advance(Duration.FromMinutes(1));
        var booked = await practice.Api.BookFirst("impfung");
        await Confirm(practice, booked.Number);
        return practice.Of(booked.Number, "state");
    }

    private static async Task<Seen> Confirm(RunningPractice practice, string number) => await practice.Browser.Post(await practice.LinkTo(number) + "/bestaetigung", []);
}
