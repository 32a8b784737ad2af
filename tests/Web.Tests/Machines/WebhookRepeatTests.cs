using NodaTime;
using VetBooking.Tests.Planning;
using VetBooking.Tests.Running;
using VetBooking.Web.Machines.Webhooks;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Machines;

/// <summary>What happens if a message does not arrive: it comes again, in order, until it is taken or three days are over.</summary>
public sealed class WebhookRepeatTests(PracticeFixture fixture)
{
    private static readonly HashSet<long> Nobody = [];

    [Fact]
    public async Task What_was_refused_comes_again_as_the_same_message_and_nothing_overtakes_it()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (http, before) => Receiver.With(http, before < 2 ? 500 : 204);
        await using var practice = await fixture.Start(HookPractice.Near());
        await practice.AddHook(receiver.Address);
        var desk = await practice.SignedIn();
        var first = await practice.Make(desk, practice.At(1, 9), "weber");
        await receiver.Until(1);
        await practice.Make(desk, practice.At(1, 11), "weber");
        await practice.Until("SELECT count(*) FROM webhook WHERE held_until > 0");
        await receiver.Until(1);
        await practice.Later(Duration.FromSeconds(6));
        await receiver.Until(2);
        await practice.Later(Duration.FromSeconds(31));
        var all = await receiver.Until(4);
        Assert.Equal([all[0].Id, all[0].Id, all[0].Id], all.Take(3).Select(one => one.Id));
        Assert.Equal(3, all.Take(3).Select(one => one.Timestamp).Distinct().Count());
        Assert.Single(all.Take(3).Select(one => one.Body).Distinct());
        Assert.NotEqual(all[0].Id, all[3].Id);
        Assert.Equal(practice.Appointment(first, "number"), (string)all[0].Json["appointment"]!["number"]!);
        Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM webhook_delivery WHERE state = 'sent'"));
    }

    [Fact]
    public async Task If_the_answer_is_lost_the_same_message_comes_once_more()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (http, before) =>
        {
            if (before == 0) http.Abort();
            return Task.CompletedTask;
        };
        await using var practice = await fixture.Start(HookPractice.Near());
        await practice.AddHook(receiver.Address);
        await practice.Make(await practice.SignedIn(), practice.At(1, 9), "weber");
        await receiver.Until(1);
        await practice.Until("SELECT count(*) FROM webhook_delivery WHERE attempts = 1 AND result = 'Unreachable'");
        await practice.Later(Duration.FromSeconds(6));
        var all = await receiver.Until(2);
        Assert.Equal(all[0].Id, all[1].Id);
    }

    [Fact]
    public async Task A_receiver_that_hangs_keeps_nobody_else_waiting()
    {
        await using var hanging = await Receiver.Start();
        await using var quick = await Receiver.Start();
        hanging.Answer = (http, _) => Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var practice = await fixture.Start(HookPractice.Near());
        await practice.AddHook(hanging.Address);
        await practice.AddHook(quick.Address);
        var desk = await practice.SignedIn();
        await practice.Make(desk, practice.At(1, 9), "weber");
        await quick.Until(1);
        await practice.Make(desk, practice.At(1, 11), "weber");
        await quick.Until(2);
        await hanging.Until(1);
    }

    [Fact]
    public async Task One_message_that_is_refused_for_itself_does_not_hold_up_the_others()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (http, before) => Receiver.With(http, before == 0 ? 422 : 204);
        await using var practice = await fixture.Start(HookPractice.Near());
        await practice.AddHook(receiver.Address);
        var desk = await practice.SignedIn();
        await practice.Make(desk, practice.At(1, 9), "weber");
        await receiver.Until(1);
        await practice.Make(desk, practice.At(1, 11), "weber");
        await receiver.Until(2);
    }

    [Fact]
    public async Task After_three_days_without_success_it_is_switched_off_and_an_administrator_sees_it()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (http, _) => Receiver.With(http, 503);
        await using var practice = await fixture.Start(HookPractice.Near());
        var (_, page, _) = await practice.AddHook(receiver.Address);
        var planning = await practice.SignedIn();
        await practice.Make(planning, practice.At(1, 9), "weber");
        await receiver.Until(1);
        Assert.NotNull(practice.Db.Row("SELECT 1", row => WebhookQueue.NextDue(practice.Db, Nobody)));
        for (var hours = 0; hours < 80 && practice.Db.Number("SELECT count(*) FROM webhook WHERE state = 'on'") == 1; hours += 2)
        {
            var tries = receiver.All.Count;
            await practice.Later(Duration.FromHours(2));
            await Task.Delay(150);
            Assert.InRange(receiver.All.Count - tries, 0, 2);
        }
        Assert.Equal("off", practice.Db.Row("SELECT state FROM webhook", row => row.GetString(0)));
        Assert.InRange(practice.Clock.GetCurrentInstant() - PracticeFixture.Monday, Duration.FromHours(60), Duration.FromHours(76));
        Assert.InRange(receiver.All.Count, 10, 20);
        // From now on nothing is noted, and nothing keeps an idle practice awake.
        var desk = await practice.SignedIn(Role.Administrator);
        await practice.Make(desk, practice.At(5, 9), "weber");
        Assert.Null(WebhookQueue.NextDue(practice.Db, Nobody));
        var shown = await desk.Open(page.Url);
        Assert.Contains("Drei Tage lang kam nichts an", shown.Words, StringComparison.Ordinal);
        Assert.Contains("Abgeschaltet", (await desk.Open(HookPractice.Hooks)).Words, StringComparison.Ordinal);
        Assert.Equal("practice", practice.Db.Row("SELECT actor FROM audit WHERE act = 'webhook.switched-off'", row => row.GetString(0)));
        // Switched on again, it is told of what happens from then on.
        receiver.Answer = (http, _) => Receiver.With(http, 204);
        var before = receiver.All.Count;
        await desk.Browser.Press(shown, "form[action$='/fortsetzung'] button");
        await practice.Make(desk, practice.At(5, 11), "weber");
        await receiver.Until(before + 1);
    }

    [Fact]
    public async Task Whoever_says_410_is_told_nothing_more()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (http, _) => Receiver.With(http, 410);
        await using var practice = await fixture.Start(HookPractice.Near());
        await practice.AddHook(receiver.Address);
        await practice.Make(await practice.SignedIn(), practice.At(1, 9), "weber");
        await receiver.Until(1);
        await practice.Until("SELECT count(*) FROM webhook WHERE state = 'off'");
    }

    [Fact]
    public async Task What_happens_during_a_pause_comes_afterwards()
    {
        await using var receiver = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near());
        var (desk, page, _) = await practice.AddHook(receiver.Address);
        await desk.Browser.Press(page, "form[action$='/pause'] button");
        await practice.Make(desk, practice.At(1, 9), "weber");
        await receiver.Until(0);
        Assert.Contains("1 Nachricht wartet", (await desk.Open(page.Url)).Words, StringComparison.Ordinal);
        await desk.Browser.Press(await desk.Open(page.Url), "form[action$='/fortsetzung'] button");
        await receiver.Until(1);
    }

    [Fact]
    public async Task What_was_waiting_when_the_program_stopped_is_sent_by_the_next()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (http, before) => Receiver.With(http, before == 0 ? 503 : 204);
        var later = fixture.Copy();
        await using (var practice = await fixture.Start(HookPractice.Near()))
        {
            await practice.AddHook(receiver.Address);
            await practice.Make(await practice.SignedIn(), practice.At(1, 9), "weber");
            await receiver.Until(1);
            foreach (var left in Directory.GetFiles(later.Path, Path.GetFileName(later.Database) + "*")) File.Delete(left);
            practice.Db.Execute($"VACUUM INTO '{later.Database}'");
            Directory.CreateDirectory(later.Keys);
            foreach (var key in Directory.GetFiles(practice.Folder.Keys)) File.Copy(key, Path.Combine(later.Keys, Path.GetFileName(key)), overwrite: true);
        }
        await using var next = await fixture.Start(HookPractice.Near() with { Folder = later, Now = PracticeFixture.Monday + Duration.FromHours(1) });
        var all = await receiver.Until(2);
        Assert.Equal(all[0].Id, all[1].Id);
    }
}
