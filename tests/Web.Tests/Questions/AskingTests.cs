using VetBooking.Tests.Running;

namespace VetBooking.Tests.Questions;

/// <summary>The practice's own questions in the last form: who is asked what, and what is kept.</summary>
public sealed class AskingTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] Erika = BookingWay.Erika;

    [Fact]
    public async Task A_dog_is_asked_what_concerns_dogs_and_the_answers_stand_with_the_appointment()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var contact = await practice.Browser.ToContact();
        Assert.Equal(["Was ist Ihnen wichtig?", "Frisst Ihr Tier?", "Seit wann nicht?", "Was sehen Sie? (freiwillig)", "Gewicht in kg (freiwillig)", "Ein Foto der Stelle (freiwillig)"],
            contact.Document.QuerySelectorAll("section[aria-labelledby=fragen] :is(label:not(.opt), legend)").Select(one => one.TextContent));
        Assert.Contains("Nur wenn Ihre Antwort „Nein“ ist:", contact.Words, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(contact.Html), 1, 15_000);

        Assert.StartsWith("/buchen/fertig/", (await practice.Send(contact, [.. Erika, .. Asked.Right])).Path, StringComparison.Ordinal);
        Assert.Equal(["Was ist Ihnen wichtig? Ein ruhiges Zimmer", "Frisst Ihr Tier? Ja", "Was sehen Sie? Husten\nJuckreiz", "Gewicht in kg 4,5"], practice.Kept());

        using var desk = await practice.SignedIn();
        var page = await desk.Open($"/praxis/termin/{practice.Newest()}");
        Assert.Contains("Husten, Juckreiz", page.Find("section[aria-labelledby=antworten]").TextContent, StringComparison.Ordinal);
        var day = practice.Db.Row("SELECT substr(starts_local, 1, 10) FROM appointment WHERE id = $id", row => row.GetString(0), ("$id", practice.Newest()));
        var list = await desk.Open("/praxis/liste?tag=" + day);
        Assert.Contains("Frisst Ihr Tier?: Ja", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("ruhiges Zimmer", list.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_animals_and_visit_types_are_asked_other_things_and_most_nothing()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var times = await practice.Browser.Press(await practice.Browser.ToAnimals(), ".btn[name=weiter]", ("name-0", "Mimi"), ("art-0", "cat"));
        Assert.Contains("Freigänger", (await practice.Browser.Press(times, "form.next button")).Words, StringComparison.Ordinal);

        await using var quiet = await fixture.Start();
        var contact = await quiet.Browser.ToContact();
        Assert.Null(contact.Document.QuerySelector("input[name=fragen]"));
        Assert.Null(contact.Find("form.body").GetAttribute("enctype"));
        Assert.StartsWith("/buchen/fertig/", (await quiet.Browser.Book(contact)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_another_language_the_words_are_the_practices_translation_and_German_is_kept()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var contact = await practice.Browser.ToContact(language: "?lang=en");
        Assert.Contains("Does your animal eat?", contact.Words, StringComparison.Ordinal);
        Assert.Contains("Was sehen Sie? (optional)", contact.Words, StringComparison.Ordinal);
        Assert.Equal("Nein", contact.Document.QuerySelectorAll("label.opt").First(one => one.TextContent.Trim() == "No").QuerySelector("input")!.GetAttribute("value"));
        await practice.Send(contact, [.. Erika, .. Asked.Right]);
        Assert.Contains("Frisst Ihr Tier? Ja", practice.Kept());
    }

    [Theory]
    [InlineData("frage-grund", "", "Was ist Ihnen wichtig?: Bitte beantworten")]
    [InlineData("frage-frisst", "", "Frisst Ihr Tier?: Bitte beantworten")]
    [InlineData("frage-frisst", "Vielleicht", "Frisst Ihr Tier?: Eine der Antworten auswählen")]
    [InlineData("frage-zeichen", "Fieber", "Was sehen Sie?: Eine der Antworten auswählen")]
    [InlineData("frage-gewicht", "0", "Gewicht in kg: Eine Zahl von 1 bis 90 eingeben")]
    [InlineData("frage-gewicht", "90,01", "Gewicht in kg: Eine Zahl von 1 bis 90 eingeben")]
    [InlineData("frage-gewicht", "viel", "Gewicht in kg: Eine Zahl von 1 bis 90 eingeben")]
    [InlineData("frage-gewicht", "1e1", "Gewicht in kg: Eine Zahl von 1 bis 90 eingeben")]
    [InlineData("frage-grund", "a\u202eb", "Was ist Ihnen wichtig?: Bitte nur lesbare Zeichen verwenden")]
    public async Task What_is_wrong_is_said_with_its_question_and_keeps_everything_typed(string field, string typed, string said)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var again = await practice.Send(await practice.Browser.ToContact(), [.. Erika, .. Asked.Right.Where(one => one.Name != field), (field, typed)]);
        Assert.Equal(422, again.Status);
        Assert.Contains(said, again.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Empty(again.DeadErrorLinks);
        Assert.Equal("Erika Mustermann", again.Value("#name"));
        if (field != "frage-frisst") Assert.NotNull(again.Document.QuerySelector("input[name=frage-frisst][value=Ja][checked]"));
        if (field == "frage-gewicht") Assert.Equal(typed, again.Value("#frage-gewicht"));
        Assert.Equal(0, practice.Count("answer"));
    }

    [Fact]
    public async Task What_hangs_on_an_answer_counts_with_that_answer_only()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        (string Name, string Value)[] starving = [.. Asked.Right.Where(one => one.Name != "frage-frisst"), ("frage-frisst", "Nein")];
        var contact = await practice.Browser.ToContact();
        var again = await practice.Send(contact, [.. Erika, .. starving]);
        Assert.Contains("Seit wann nicht?: Bitte beantworten", again.Find(".err").TextContent, StringComparison.Ordinal);
        foreach (var date in (string[])["2026-02-30", "31.13.2026", "gestern", "1899-01-01"])
        {
            Assert.Contains("Ein Datum eingeben", (await practice.Send(contact, [.. Erika, .. starving, ("frage-seit", date)])).Find(".err").TextContent, StringComparison.Ordinal);
        }
        await practice.Send(contact, [.. Erika, .. starving, ("frage-seit", "21.11.2026")]);
        Assert.Contains("Seit wann nicht? 2026-11-21", practice.Kept());

        var other = await practice.Send(await practice.Browser.ToContact(), [.. Erika, .. Asked.Right, ("frage-seit", "2026-02-30"), ("frage-frei", "x"), ("frage-nie", "x")]);
        Assert.StartsWith("/buchen/fertig/", other.Path, StringComparison.Ordinal);
        Assert.DoesNotContain(practice.Kept(), one => one.StartsWith("Seit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_answered_is_text_wherever_it_is_read()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql + "UPDATE question SET on_day_list = 1 WHERE id = 'grund'" });
        const string attack = "=HYPERLINK(\"x\")<img src=x onerror=alert(1)>{{7*7}}'--";
        var contact = await practice.Browser.ToContact();
        var wrong = await practice.Send(contact, [.. Erika, .. Asked.Right.Where(one => one.Name is not ("frage-grund" or "frage-gewicht")), ("frage-grund", attack), ("frage-gewicht", attack), ("frage-zeichen", attack), ("frage-seit", attack)]);
        await practice.Send(contact, [.. Erika, .. Asked.Right.Where(one => one.Name != "frage-grund"), ("frage-grund", attack)]);
        using var desk = await practice.SignedIn();
        var page = await desk.Open($"/praxis/termin/{practice.Newest()}");
        var list = await desk.Open("/praxis/liste?tag=" + practice.Db.Row("SELECT substr(starts_local, 1, 10) FROM appointment WHERE id = $id", row => row.GetString(0), ("$id", practice.Newest())));
        Assert.All(new[] { wrong, page, list }, one =>
        {
            Assert.Contains("alert(1)", one.Html, StringComparison.Ordinal);
            Assert.Empty(one.Document.QuerySelectorAll("main img, [onerror]"));
        });
        Assert.Equal(attack, practice.Db.Row("SELECT said FROM answer WHERE question_id = 'grund'", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_question_changed_while_somebody_types_is_read_again_before_anything_is_kept()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var contact = await practice.Browser.ToContact();
        practice.Db.Execute("UPDATE question_text SET words = 'Hungert Ihr Tier?' WHERE question_id = 'frisst' AND language = 'de'");
        await practice.Writer.Write(change => { change.Reload(); return 0; });
        var again = await practice.Send(contact, [.. Erika, .. Asked.Right]);
        Assert.Equal(422, again.Status);
        Assert.Contains("Wir haben unsere Fragen gerade geändert", again.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Contains("Hungert Ihr Tier?", again.Words, StringComparison.Ordinal);
        Assert.Equal("Ein ruhiges Zimmer", again.Value("#frage-grund"));
        Assert.Equal(0, practice.Count("answer"));

        practice.Db.Execute("DELETE FROM question WHERE id = 'gewicht'");
        await practice.Writer.Write(change => { change.Reload(); return 0; });
        Assert.Equal(422, (await practice.Send(again, [.. Erika, .. Asked.Right])).Status);
        practice.Db.Execute("DELETE FROM question");
        await practice.Writer.Write(change => { change.Reload(); return 0; });
        Assert.Equal(422, (await practice.Browser.Post(contact.Find("form.body").GetAttribute("action")!, [.. Erika, ("fragen", contact.Value("input[name=fragen]"))])).Status);
        Assert.StartsWith("/buchen/fertig/", (await practice.Browser.Post(contact.Find("form.body").GetAttribute("action")!, Erika)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_bookings_and_many_changes_at_once_never_keep_an_answer_under_words_nobody_read()
    {
        await using var practice = await fixture.Start(new Wanted
        {
            Sql = """
                INSERT INTO question (id, position, kind, needed) VALUES ('a', 1, 'text', 1);
                INSERT INTO question_text (question_id, language, words) VALUES ('a', 'de', 'Fassung 0');
                """,
        });
        var times = await practice.Api.Slots("impfung");
        var way = (await practice.Browser.ToTimes()).Url;
        var editing = Task.Run(async () =>
        {
            for (var i = 1; i <= 60; i++)
            {
                await practice.Writer.Write(change =>
                {
                    change.Db.Execute("UPDATE question_text SET words = $words", ("$words", $"Fassung {i}"));
                    change.Reload();
                    return 0;
                });
                await Task.Delay(10);
            }
        });
        var booked = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async lane =>
        {
            for (var i = 0; i < 5; i++)
            {
                var slot = times[(lane * 5 + i) * 4];
                var contact = await practice.Browser.Post(way, [("zeit", $"{slot.Start} {slot.Vet}")]);
                var read = contact.Find("label[for=frage-a]").TextContent;
                var done = await practice.Browser.Press(contact, "form.body .btn", [.. Erika, ("frage-a", read)]);
                if (done.Path.StartsWith("/buchen/fertig/", StringComparison.Ordinal)) Interlocked.Increment(ref booked);
                else Assert.Equal(422, done.Status);
            }
        }));
        await editing;
        Assert.Equal(booked, practice.Count("answer"));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM answer WHERE asked <> said"));
    }
}
