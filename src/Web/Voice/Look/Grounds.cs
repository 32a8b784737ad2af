using System.Collections.Frozen;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Voice.Look;

/// <summary>
/// The colours of the pages that are the same in every practice, light or dark, read from the style sheet itself: what a
/// practice's own colour must get along with can never be another than what is shown.
/// </summary>
internal sealed class Grounds
{
    private static readonly Lazy<(Grounds Light, Grounds Dark)> Both = new(() =>
    {
        var blocks = Assets.Frame.Split(":root {");
        return (new Grounds(blocks[1]), new Grounds(blocks[2]));
    });

    private readonly FrozenDictionary<string, Rgb> colours;

    private Grounds(string block)
    {
        Css = block[..block.IndexOf('}', StringComparison.Ordinal)].Trim();
        colours = Css.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair[0].StartsWith("--", StringComparison.Ordinal) && Rgb.Read(pair[1]) is not null)
            .ToFrozenDictionary(pair => pair[0], pair => Rgb.Read(pair[1])!.Value);
    }

    public static Grounds Light => Both.Value.Light;

    public static Grounds Dark => Both.Value.Dark;

    /// <summary>All of the block, as it stands in the style sheet.</summary>
    public string Css { get; }

    /// <summary>A colour by its variable, like <c>--pa</c>.</summary>
    public Rgb this[string variable] => colours[variable];
}
