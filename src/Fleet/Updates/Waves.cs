using System.CommandLine;
using System.Globalization;

namespace VetBooking.Fleet.Updates;

/// <summary>How many practices are changed before it is looked whether all is well.</summary>
internal static class Waves
{
    /// <summary><c>--wave</c>, whatever the engine; anything else than such words is refused.</summary>
    public static Option<string> Create()
    {
        var wave = new Option<string>("--wave") { Description = "How many at a time: numbers and shares, the last being \"rest\".", DefaultValueFactory = _ => "1,5%,rest" };
        wave.Validators.Add(said => { if (Problem(said.GetValueOrDefault<string>() ?? "") is { } problem) said.AddError(problem); });
        return wave;
    }

    /// <summary>Says what is wrong with words that should be like <c>1,5%,rest</c>; null if nothing is.</summary>
    public static string? Problem(string text) => text.Split(',') is [.. var sizes, "rest"] && sizes.All(size => Size(size, 100) is not null)
        ? null
        : $"--wave wants numbers and shares like 1,5%,rest; \"{text}\" is something else. Nothing was changed.";

    /// <summary>Reads words in which there is no <see cref="Problem"/>; answers how large the wave is that begins after so many of so many.</summary>
    public static Func<int, int, int> Read(string text)
    {
        var words = text.Split(',');
        return (done, all) =>
        {
            var begun = 0;
            foreach (var word in words[..^1])
            {
                begun += Size(word, all)!.Value;
                if (done < begun) return begun - done;
            }
            return all - done;
        };
    }

    private static int? Size(string word, int all) => word switch
    {
        [.. var share, '%'] when int.TryParse(share, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 => Math.Max(1, all * percent / 100),
        _ when int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => count,
        _ => null,
    };
}
