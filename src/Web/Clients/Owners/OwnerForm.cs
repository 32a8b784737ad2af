using System.Collections.Immutable;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Editing;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Clients.Owners;

/// <summary>The fields of an owner, and what is typed into them.</summary>
internal static class OwnerForm
{
    private const int LongestLine = 100;
    private const int LongestPostcode = 10;
    private static readonly ImmutableArray<string> PhoneFields = ["phone", "second.phone", "third.phone"];

    /// <summary>The fields in the order of the page.</summary>
    public static IReadOnlyList<EditField> Fields(Text t) =>
    [
        new("name", t.ClientsName),
        new("email", t.ClientsEmail) { Type = "email" },
        new("phone", t.ClientsPhone) { Type = "tel" },
        new("second.phone", t.ClientsPhoneNth(2)) { Type = "tel" },
        new("third.phone", t.ClientsPhoneNth(3)) { Type = "tel" },
        new("language", t.ClientsLanguage) { Choices = [.. Text.Languages.Select(one => (one, Text.In(one).SiteLanguage))] },
        new("street", t.ClientsStreet),
        new("postcode", t.ClientsPostcode) { IsShort = true },
        new("city", t.ClientsCity),
        new("reference", t.ClientsReference) { Help = t.ClientsReferenceHelp, IsShort = true },
        new("note", t.ClientsNote) { Type = "lines", Help = t.ClientsNoteHelp },
    ];

    /// <summary>What stands in the fields for an owner.</summary>
    public static Dictionary<string, string> Values(OwnerFacts facts) => new()
    {
        ["name"] = facts.Name, ["email"] = facts.Email,
        ["phone"] = facts.Phones.ElementAtOrDefault(0) ?? "", ["second.phone"] = facts.Phones.ElementAtOrDefault(1) ?? "", ["third.phone"] = facts.Phones.ElementAtOrDefault(2) ?? "",
        ["language"] = facts.Language, ["street"] = facts.Street, ["postcode"] = facts.Postcode, ["city"] = facts.City,
        ["reference"] = facts.Reference, ["note"] = facts.Note,
    };

    /// <summary>Reads what was typed; what is wrong with it goes into <paramref name="check"/>.</summary>
    public static OwnerFacts Read(IReadOnlyDictionary<string, string> typed, Fields check)
    {
        var email = string.IsNullOrWhiteSpace(typed["email"]) ? null : check.Email("email", typed["email"]);
        var facts = new OwnerFacts
        {
            Name = check.Required("name", typed["name"], Booking.Fields.LongestName),
            Email = email?.Address ?? "",
            EmailKey = email?.Key ?? "",
            Phones = [.. PhoneFields.Select(field => check.Phone(field, typed[field])).Where(phone => phone.Length > 0)],
            Street = check.Optional("street", typed["street"], LongestLine),
            Postcode = check.Optional("postcode", typed["postcode"], LongestPostcode),
            City = check.Optional("city", typed["city"], LongestLine),
            Language = typed["language"],
            Reference = check.Optional("reference", typed["reference"], LongestLine),
            Note = check.Optional("note", typed["note"], Booking.Fields.LongestNote, lines: true),
        };
        if (!Text.Languages.Contains(facts.Language)) check.Wrong("language", Problem.Unknown);
        return facts;
    }
}
