using VetBooking.Web.Shared.Forms;

namespace VetBooking.Web.Clients.Editing;

/// <summary>A field of a record that staff edit.</summary>
/// <param name="Name">Its name in the form.</param>
/// <param name="Label">What it is called.</param>
public sealed record EditField(string Name, string Label)
{
    /// <summary>The kind of input; see <see cref="FieldModel.Type"/>.</summary>
    public string Type { get; init; } = "text";

    /// <summary>A short explanation; none if empty.</summary>
    public string Help { get; init; } = "";

    /// <summary>The choices as (value, words), if it is one of several.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];

    /// <summary>Whether several of the choices can be ticked; the value is then all of them, separated by blanks.</summary>
    public bool IsTicks { get; init; }

    /// <summary>Whether the input is as narrow as what goes into it.</summary>
    public bool IsShort { get; init; }

    /// <summary>A value as people read it.</summary>
    public string InWords(string value) => Choices.Count == 0
        ? value
        : string.Join(", ", (IsTicks ? value.Split(' ') : [value]).Select(one => Choices.FirstOrDefault(choice => choice.Value == one).Words ?? one));

    /// <summary>The field as the forms of the practice draw it.</summary>
    public FieldModel Draw(string value, string? wrong) => new(Name, Label, value, wrong)
    {
        Type = Type, Help = Help, Choices = Choices, IsShort = IsShort,
    };
}

/// <summary>What stands in the fields of a form, by their names.</summary>
public static class EditValues
{
    /// <summary>In front of a field's name: what stood in it when the form was opened.</summary>
    public const string BeforePrefix = "before:";

    /// <summary>Which version of the record the form was opened on.</summary>
    public const string RevisionField = "revision";

    /// <summary>What was typed.</summary>
    public static Dictionary<string, string> Typed(this IReadOnlyList<EditField> fields, IFormCollection form) =>
        fields.ToDictionary(field => field.Name, field => Value(field, form, ""));

    /// <summary>What stood there before.</summary>
    public static Dictionary<string, string> Before(this IReadOnlyList<EditField> fields, IFormCollection form) =>
        fields.ToDictionary(field => field.Name, field => form[BeforePrefix + field.Name].ToString());

    /// <summary>The version the form was opened on.</summary>
    public static long Revision(IFormCollection form) => long.TryParse(form[RevisionField], out var revision) ? revision : -1;

    private static string Value(EditField field, IFormCollection form, string prefix) => field.IsTicks
        ? string.Join(' ', form[prefix + field.Name].SelectMany(one => (one ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        : form[prefix + field.Name].ToString();
}

/// <summary>A field that somebody else has changed since the form was opened, and what this form wants in it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Theirs">What is stored now.</param>
/// <param name="Mine">What was typed.</param>
/// <param name="KeepMine">Whether the typed one is proposed: it was changed here, too.</param>
public sealed record Clash(EditField Field, string Theirs, string Mine, bool KeepMine)
{
    /// <summary>Where two people disagree. What only one of them touched is nobody's quarrel.</summary>
    public static List<Clash> Between(IReadOnlyList<EditField> fields, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> stored, IReadOnlyDictionary<string, string> typed) =>
    [
        .. from field in fields
           let was = Plain(before[field.Name])
           let theirs = Plain(stored[field.Name])
           let mine = Plain(typed[field.Name])
           where theirs != was && theirs != mine
           select new Clash(field, stored[field.Name], typed[field.Name], mine != was),
    ];

    // Browsers send other line ends than are stored.
    private static string Plain(string value) => value.ReplaceLineEndings("\n").Trim();
}
