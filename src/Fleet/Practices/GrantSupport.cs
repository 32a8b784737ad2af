using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Practices;

/// <summary>
/// <c>vetfleet grant-support</c>: the way into a practice that has let the operator in. It fetches a link, and lets nobody in:
/// that is the practice's administrators' alone, by the hour, and its own log says when they did and who came.
/// </summary>
internal static class GrantSupport
{
    public static Command Command(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var email = new Option<string?>("--email") { Description = "Which of several people the practice has let in." };
        var command = new Command("grant-support", "Fetch the link with which the operator may look, of practices that have let the operator in.") { names, all, email, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
            [.. Chosen.From(facts, verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice => Plan(layout, practice, verb.GetValue(email)))]));
        return command;
    }

    /// <summary>The practice's own program decides; if nobody is let in, it refuses and nothing was changed.</summary>
    public static Plan Plan(Layout layout, Practice practice, string? email)
    {
        var data = layout.DataOf(practice.Name);
        string[] whom = email is null ? [] : ["--email", email];
        return new Plan(practice.Name, [new Step.Verb(practice.Name, Path.Combine(layout.PinOf(practice.Name), "vetbooking"), [data], ["support", "--data", data, .. whom])])
        {
            Shows = "link",
            Next = "The link below leads in once, until the practice's grant ends; it lets look and change nothing, and the practice's log says that it was fetched.",
        };
    }
}
