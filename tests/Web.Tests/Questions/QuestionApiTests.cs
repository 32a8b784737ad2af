using System.Text.Json.Nodes;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Questions;

/// <summary>The practice's own questions for programs that book.</summary>
public sealed class QuestionApiTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Visit_types_list_their_questions_and_without_any_look_as_before()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var types = (await practice.Api.Get("/api/v1/visit-types?lang=en")).Json["visitTypes"]!.AsArray();
        var questions = types.First(one => (string)one!["id"]! == "impfung")!["questions"]!.AsArray();
        Assert.Equal(["grund", "frisst", "seit", "zeichen", "gewicht", "frei"], questions.Select(one => (string)one!["id"]!));
        Assert.Equal("""{"id":"frisst","kind":"choice","asked":"Does your animal eat?","help":"","required":true,"options":[{"value":"Ja","words":"Yes"},{"value":"Nein","words":"No"}]}""", questions[1]!.ToJsonString());
        Assert.Equal("""{"question":"frisst","value":"Nein"}""", questions[2]!["only"]!.ToJsonString());
        Assert.Equal((1, 90), ((int)questions[4]!["least"]!, (int)questions[4]!["most"]!));
        Assert.Equal("""["cat"]""", questions[5]!["species"]!.ToJsonString());
        Assert.Null(types.First(one => (string)one!["id"]! == "impfung")!["questions"]!.AsArray().FirstOrDefault(one => (string)one!["id"]! == "stall"));

        await using var quiet = await fixture.Start();
        Assert.DoesNotContain("questions", (await quiet.Api.Get("/api/v1/visit-types")).Text, StringComparison.Ordinal);
        Assert.Equal(201, (await quiet.Api.BookFirst("impfung")).Status);
    }

    [Fact]
    public async Task What_must_be_answered_is_asked_by_field_and_what_is_not_met_is_passed_over()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var slot = (await practice.Api.Slots("impfung"))[0];
        var wish = ApiClient.Wish("impfung", slot.Start, slot.Vet);
        var refused = await practice.Api.Book(wish);
        Assert.Equal((422, "invalid"), (refused.Status, refused.Problem));
        Assert.Equal(["answers.grund", "answers.frisst"], refused.Fields);

        wish["answers"] = JsonNode.Parse("""{"grund":["<b>ruhig</b>"],"frisst":["Nein"],"gewicht":["viel"],"zeichen":["Husten","Fieber"]}""");
        Assert.Equal(["answers.gewicht", "answers.seit", "answers.zeichen"], (await practice.Api.Book(wish)).Fields.Order());
        wish["answers"] = JsonNode.Parse("""{"grund":["ruhig"],"frisst":["Ja"],"seit":["niemals"],"frei":["ja"],"stall":null,"gewicht":[null],"zeichen":[]}""");
        var booked = await practice.Api.Book(wish, "key");
        Assert.Equal(201, booked.Status);
        // The same in another way of writing it.
        wish["answers"] = JsonNode.Parse("""{"frei":["ja"],"frisst":["Ja"],"grund":["ruhig",null],"seit":["niemals"]}""");
        Assert.Equal((201, booked.Number), (await practice.Api.Book(wish, "key")) is var again ? (again.Status, again.Number) : default);
        wish["answers"]!["frisst"] = new JsonArray("Nein");
        Assert.Equal("key-reused", (await practice.Api.Book(wish, "key")).Problem);
        Assert.Equal(["Was ist Ihnen wichtig? ruhig", "Frisst Ihr Tier? Ja"], practice.Kept());
    }

    [Theory]
    [InlineData("""{"nie":["x"]}""", 422)]
    [InlineData("""{"bild":["x"],"grund":["x"],"frisst":["Ja"]}""", 201)]
    [InlineData("""{"grund":"x"}""", 400)]
    [InlineData("""["x"]""", 400)]
    [InlineData("""{"grund":[{"a":1}]}""", 400)]
    [InlineData("""{"email":["x"]}""", 422)]
    public async Task Answers_that_make_no_sense_are_refused(string answers, int status)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var slot = (await practice.Api.Slots("impfung"))[0];
        var wish = ApiClient.Wish("impfung", slot.Start, slot.Vet);
        wish["answers"] = JsonNode.Parse(answers);
        Assert.Equal(status, (await practice.Api.Book(wish)).Status);
    }
}
