namespace VetBooking.Web.Shared.Forms;

/// <summary>A labelled field of a staff form.</summary>
/// <param name="Name">Its name, and its id for links from the error summary.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Value">What stands in it: what was typed, or what is known.</param>
/// <param name="Wrong">What is wrong with it, in words; null if nothing.</param>
public sealed record FieldModel(string Name, string Label, string Value, string? Wrong = null)
{
    /// <summary>A short explanation under the label; none if empty.</summary>
    public string Help { get; init; } = "";

    /// <summary>The kind of input: <c>text</c>, <c>email</c>, <c>tel</c>, <c>date</c>, <c>time</c>, <c>number</c>, <c>password</c>, <c>color</c>, <c>file</c>; <c>lines</c> for a text of several lines.</summary>
    public string Type { get; init; } = "text";

    /// <summary>What a browser may fill in (HTML, 4.10.18.7); nothing, unless said.</summary>
    public string Autocomplete { get; init; } = "off";

    /// <summary>The choices as (value, words); a plain input if there are none.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];

    /// <summary>The kinds of files that may be chosen; only a hint for the browser.</summary>
    public string? Accept { get; init; }

    /// <summary>Whether the input is as narrow as what goes into it.</summary>
    public bool IsShort { get; init; }

    /// <summary>Ids of what describes the input; null if nothing does.</summary>
    public string? DescribedBy => $"{(Help.Length > 0 ? Name + "-hilfe " : "")}{(Wrong is null ? "" : Name + "-fehler")}".Trim() is { Length: > 0 } ids ? ids : null;
}
