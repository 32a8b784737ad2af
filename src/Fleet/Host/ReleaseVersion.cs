namespace VetBooking.Fleet.Host;

/// <summary>A release's version, like 0.3.0, or 0.3.1-rc2 before it.</summary>
internal sealed record ReleaseVersion(Version Number, string Mark) : IComparable<ReleaseVersion>
{
    /// <summary>Reads one; null if it is none. It becomes the name of a folder.</summary>
    public static ReleaseVersion? Read(string? text)
    {
        if (text?.Split('-', 2) is not [var number, .. var rest] || rest is [""]) return null;
        var mark = rest is [var after] ? after : "";
        return Version.TryParse(number, out var version) && version is { Build: >= 0, Revision: -1 } && version.ToString() == number && mark.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.')
            ? new ReleaseVersion(version, mark)
            : null;
    }

    /// <inheritdoc/>
    public int CompareTo(ReleaseVersion? other) => other is null ? 1
        : Number.CompareTo(other.Number) is var order and not 0 ? order
        : (Mark.Length == 0, other.Mark.Length == 0) switch { (true, true) => 0, (true, false) => 1, (false, true) => -1, _ => string.CompareOrdinal(Mark, other.Mark) };

    public override string ToString() => Mark.Length == 0 ? Number.ToString(3) : $"{Number.ToString(3)}-{Mark}";
}
