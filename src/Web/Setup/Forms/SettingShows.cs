using RazorSlices;
using VetBooking.Web.Shared.Forms;
using VetBooking.Web.Voice.Look;

namespace VetBooking.Web.Setup.Forms;

/// <summary>What a form of the settings can have besides fields of words: colours, files, and something to look at.</summary>
public sealed partial class SettingForm
{
    /// <summary>Something to look at before the fields.</summary>
    public Func<RazorSlice>? Above { get; set; }

    /// <summary>What the preview shows of the change: how it will look.</summary>
    public Func<RazorSlice>? Specimen { get; set; }

    /// <summary>Whether a file comes with the form.</summary>
    public bool TakesFile { get; init; }

    /// <summary>What the form remembers unseen from one page to the next, whatever was sent.</summary>
    public Dictionary<string, string> Kept { get; } = [];

    /// <summary>A colour.</summary>
    public Rgb Colour(string name, Label label, Rgb known)
    {
        var shown = typed is null ? known.Hex : Typed(name).Trim();
        var read = Rgb.Read(shown);
        Add(new FieldModel(name, label.Words, read?.Hex ?? known.Hex) { Help = label.Help, Type = "color", IsShort = true }, known.Hex, read?.Hex ?? shown);
        if (read is null) Wrong(name, T.LookWrongColour);
        return read ?? known;
    }

    /// <summary>A file to choose. What is in it says who has read it.</summary>
    public void File(string name, Label label, string accept, (string Known, string Shown) words) =>
        Add(new FieldModel(name, label.Words, "") { Help = label.Help, Type = "file", Accept = accept }, words.Known, words.Shown);
}
