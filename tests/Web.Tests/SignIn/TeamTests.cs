using VetBooking.Tests.Running;
using VetBooking.Web.SignIn.Team;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.SignIn;

/// <summary>The accounts of the practice: who gets in, as what, and until when.</summary>
public sealed class TeamTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] Neu = [("name", "Nora Neu"), ("email", "neu@example.org"), ("rolle", "front-desk"), ("ressource", ""), ("bis", "")];

    [Fact]
    public async Task Somebody_invited_chooses_how_to_sign_in_and_is_in()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        var shown = await weber.Post("/praxis/team/neu", Neu);
        var link = new Uri(shown.Find(".said .code").TextContent).AbsolutePath;
        var invitation = await practice.Browser.Open(link);
        var typed = (Name: "neues-passwort", Value: "Nebel über dem Tisch");
        var weak = await practice.Browser.Press(invitation, "form[novalidate] .btn", (typed.Name, "Nora Neu Nora Neu"), ("code", practice.CodeOn(invitation)));
        Assert.Equal(422, weak.Status);
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM account WHERE email = 'neu@example.org' AND password_hash IS NOT NULL"));

        using var answer = await practice.Send(link, ("geheimnis", invitation.Value("input[name=geheimnis]")), typed, ("code", practice.CodeOn(invitation)));
        Assert.Equal("/praxis/konto/codes", answer.Headers.Location?.ToString());
        using var nora = practice.DeskOf(answer);
        Assert.Equal(10, (await nora.Open("/praxis/konto/codes")).Document.QuerySelectorAll(".codes .code").Length);
        Assert.Equal(404, (await practice.Browser.Open(link)).Status);
        Assert.Equal(403, (await nora.Open("/praxis/team")).Status);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'access.denied'"));
    }

    [Fact]
    public async Task An_invitation_is_good_for_a_day_and_a_newer_one_replaces_it()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        async Task<string> Invite(string path, params (string, string)[] fields) => new Uri((await weber.Post(path, fields)).Find(".said .code").TextContent).AbsolutePath;
        var first = await Invite("/praxis/team/neu", Neu);
        var id = practice.Db.Number("SELECT id FROM account WHERE email = 'neu@example.org'");
        var second = await Invite($"/praxis/team/{id}/einladung");
        Assert.Equal((404, 200), ((await practice.Browser.Open(first)).Status, (await practice.Browser.Open(second)).Status));
        practice.Clock.Advance(NodaTime.Duration.FromHours(24));
        Assert.Equal(404, (await practice.Browser.Open(second)).Status);
    }

    [Fact]
    public async Task Whoever_lost_everything_sets_up_anew_and_the_old_ways_are_void()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        using var jansen = await practice.SignIn(Entrance.Jansen);
        var id = practice.Db.Number("SELECT id FROM account WHERE email = 'empfang@praxis-am-park.example'");
        var link = new Uri((await weber.Post($"/praxis/team/{id}/einladung")).Find(".said .code").TextContent).AbsolutePath;
        Assert.Equal(200, (int)(await jansen.Http.GetAsync("/praxis/konto")).StatusCode);
        var page = await practice.Browser.Open(link);
        using var noCode = await practice.Send(link, ("geheimnis", page.Value("input[name=geheimnis]")), ("neues-passwort", "Nebel über dem Tisch"));
        Assert.Equal(422, (int)noCode.StatusCode);
        using var answer = await practice.Send(link, ("geheimnis", page.Value("input[name=geheimnis]")), ("neues-passwort", "Nebel über dem Tisch"), ("code", practice.CodeOn(page)));
        using var again = practice.DeskOf(answer);
        Assert.Equal(303, (int)(await jansen.Http.GetAsync("/praxis/konto")).StatusCode);
        Assert.Equal("front-desk", practice.Db.Row("SELECT role FROM account WHERE id = $id", row => row.GetString(0), ("$id", id)));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        var id = practice.Db.Number("SELECT id FROM account WHERE email = 'weber@praxis-am-park.example'");
        var path = $"/praxis/team/{id}";
        Assert.Equal(422, (await weber.Post(path + "/schliessung")).Status);
        var form = await weber.Open(path);
        Assert.Equal(422, (await weber.Browser.Press(form, "form[novalidate] .btn", ("rolle", "vet"))).Status);
        // Somebody who was invited and never came is no help.
        await weber.Post("/praxis/team/neu", [.. Neu.Where(one => one.Item1 != "rolle"), ("rolle", "administrator")]);
        Assert.Equal(422, (await weber.Post(path + "/schliessung")).Status);
        Assert.Equal("administrator", practice.Db.Row("SELECT role FROM account WHERE id = $id AND active", row => row.GetString(0), ("$id", id)));
    }

    [Fact]
    public async Task Another_role_or_a_closed_account_ends_the_sessions_at_once()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        using var jansen = await practice.SignIn(Entrance.Jansen);
        var id = practice.Db.Number("SELECT id FROM account WHERE email = 'empfang@praxis-am-park.example'");
        var form = await weber.Open($"/praxis/team/{id}");
        Assert.Equal("/praxis/team", (await weber.Browser.Press(form, "form[novalidate] .btn", ("rolle", "trainee"))).Path);
        Assert.Equal(303, (int)(await jansen.Http.GetAsync("/praxis/konto")).StatusCode);
        // The same form again is out of date.
        var stale = await weber.Browser.Press(form, "form[novalidate] .btn", ("rolle", "vet"));
        Assert.Equal((422, "trainee"), (stale.Status, stale.Document.QuerySelector("#rolle option[selected]")?.GetAttribute("value")));

        practice.Wait();
        using var again = await practice.SignIn(Entrance.Jansen);
        await weber.Post($"/praxis/team/{id}/schliessung");
        Assert.Equal(303, (int)(await again.Http.GetAsync("/praxis/konto")).StatusCode);
        using var closed = await practice.Send("/praxis/anmelden", ("email", Entrance.Jansen), ("passwort", "egal"));
        Assert.Equal(422, (int)closed.StatusCode);
    }

    [Fact]
    public async Task A_locum_s_account_ends_with_its_last_day()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        (string, string)[] Locum(string until) => [("name", "Lia Locum"), ("email", "lia@example.org"), ("rolle", "locum"), ("bis", until)];
        foreach (var wrong in (string[])["", "2026-11-22", "morgen", "9999-12-31"]) Assert.Equal(422, (await weber.Post("/praxis/team/neu", Locum(wrong))).Status);
        Assert.Equal(200, (await weber.Post("/praxis/team/neu", Locum("2026-11-23"))).Status);
        // 24 November 2026, midnight in Berlin.
        Assert.Equal(1795474800, practice.Db.Number("SELECT ends_at FROM account WHERE email = 'lia@example.org'"));
    }

    [Fact]
    public async Task The_operator_looks_when_let_in_and_only_then()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        (string, string)[] Grant(string hours) => [("name", "Olaf Operator"), ("email", "olaf@operator.example"), ("stunden", hours)];
        foreach (var wrong in (string[])["0", "73", "-1", "", "8.5"]) Assert.Equal(422, (await weber.Post("/praxis/team/betreiber", Grant(wrong))).Status);
        var link = new Uri((await weber.Post("/praxis/team/betreiber", Grant("8"))).Find(".said .code").TextContent).AbsolutePath;
        var page = await practice.Browser.Open(link);
        using var answer = await practice.Send(link, ("geheimnis", page.Value("input[name=geheimnis]")), ("neues-passwort", "Nebel über dem Tisch"), ("code", practice.CodeOn(page)));
        using var olaf = practice.DeskOf(answer);
        Assert.Equal((200, 403), ((await olaf.Open("/praxis/konto")).Status, (await olaf.Open("/praxis/protokoll")).Status));
        Assert.NotNull((await weber.Open("/praxis/konto")).Document.QuerySelector(".support"));
        var id = practice.Db.Number("SELECT id FROM account WHERE role = 'support'");
        await weber.Post($"/praxis/team/{id}/schliessung");
        Assert.Equal(303, (int)(await olaf.Http.GetAsync("/praxis/konto")).StatusCode);
        Assert.Null((await weber.Open("/praxis/konto")).Document.QuerySelector(".support"));
        Assert.Equal(["support.granted", "support.ended"], practice.Db.Rows("SELECT act FROM audit WHERE act LIKE 'support%' ORDER BY id", row => row.GetString(0)));
    }

    [Fact]
    public async Task The_operator_s_access_ends_by_itself_and_the_log_says_so()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        var link = new Uri((await weber.Post("/praxis/team/betreiber", ("name", "Olaf Operator"), ("email", "olaf@operator.example"), ("stunden", "1"))).Find(".said .code").TextContent).AbsolutePath;
        var page = await practice.Browser.Open(link);
        using var answer = await practice.Send(link, ("geheimnis", page.Value("input[name=geheimnis]")), ("neues-passwort", "Nebel über dem Tisch"), ("code", practice.CodeOn(page)));
        using var olaf = practice.DeskOf(answer);
        Assert.Equal(PracticeFixture.Monday + NodaTime.Duration.FromHours(1), SupportAccess.NextEnd(practice.Db));
        await using var writer = new Writer(practice.Folder, practice.Clock);
        Assert.Equal(0, await writer.Write(change => SupportAccess.CloseEnded(change)));
        Assert.Equal(200, (await olaf.Open("/praxis/konto")).Status);
        practice.Clock.Advance(NodaTime.Duration.FromHours(1));
        Assert.Equal(303, (int)(await olaf.Http.GetAsync("/praxis/konto", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal((1, 0), (await writer.Write(change => SupportAccess.CloseEnded(change)), await writer.Write(change => SupportAccess.CloseEnded(change))));
        Assert.Equal(["practice"], practice.Db.Rows("SELECT actor FROM audit WHERE act = 'support.ended'", row => row.GetString(0)));
        Assert.Null(SupportAccess.NextEnd(practice.Db));
    }

    [Fact]
    public async Task The_log_says_what_happened_filters_and_shows_when_it_was_tampered_with()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        await weber.Post("/praxis/team/neu", Neu);
        for (var i = 0; i < 30; i++) await weber.Post("/praxis/konto/codes");
        var all = await weber.Open("/praxis/protokoll");
        Assert.Contains("Konto angelegt", all.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("neu@example.org", all.Html, StringComparison.Ordinal);
        var one = await weber.Open("/praxis/protokoll?was=account.created&tag=2026-11-23");
        Assert.Equal(1, one.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(0, (await weber.Open("/praxis/protokoll?tag=2026-11-22&wer=x&vor=y")).Document.QuerySelectorAll("tbody tr").Length);
        Assert.DoesNotContain("verändert", all.Find("main .said").TextContent.Replace("unverändert", "", StringComparison.Ordinal), StringComparison.Ordinal);
        practice.Db.Execute("DROP TRIGGER audit_never_changes; UPDATE audit SET actor = 'owner' WHERE id = 1");
        Assert.Contains("Eintrag 1", (await weber.Open("/praxis/protokoll")).Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal(303, (int)(await practice.Http.GetAsync("/praxis/protokoll")).StatusCode);
    }
}
