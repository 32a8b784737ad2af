using System.Collections.Immutable;

namespace VetBooking.Web.Texts;

// Message, MessageParser, MessageWords, ArgumentList and PluralRules are compiled into the source generator as well
// (netstandard2.0), so that the build and the running program share one grammar. Nothing here may need NodaTime or newer APIs.

/// <summary>What an argument of a message must be.</summary>
internal enum ArgumentType { Text, Number, Date, Time }

/// <summary>How a date is written; see <see cref="MessageWords"/> for the words used in messages.</summary>
internal enum DateStyle { Full, Long, Medium, Short, Weekday, WeekdayShort, Day }

/// <summary>The plural categories of CLDR.</summary>
internal enum PluralCategory { Zero, One, Two, Few, Many, Other }

/// <summary>An argument a message asks for.</summary>
internal sealed record Argument(string Name, ArgumentType Type);

/// <summary>A piece of a parsed message.</summary>
internal abstract record Part
{
    private Part() { }

    /// <summary>Text as it stands.</summary>
    public sealed record Literal(string Text) : Part;

    /// <summary><c>{x}</c>: text, or a number where the message counts with x elsewhere.</summary>
    public sealed record Plain(string Name) : Part;

    /// <summary><c>{n, number}</c></summary>
    public sealed record Number(string Name) : Part;

    /// <summary><c>{d, date, long}</c></summary>
    public sealed record Date(string Name, DateStyle Style) : Part;

    /// <summary><c>{t, time}</c></summary>
    public sealed record Time(string Name) : Part;

    /// <summary><c>#</c>: the number of the nearest plural around it.</summary>
    public sealed record Count : Part;

    /// <summary><c>{n, plural, =0{…} one{…} other{…}}</c></summary>
    public sealed record Plural(
        string Name,
        ImmutableDictionary<int, ImmutableArray<Part>> Exact,
        ImmutableDictionary<PluralCategory, ImmutableArray<Part>> Categories) : Part;

    /// <summary><c>{s, select, cat{…} other{…}}</c></summary>
    public sealed record Select(string Name, ImmutableDictionary<string, ImmutableArray<Part>> Choices) : Part;
}

/// <summary>A parsed message in the subset of ICU MessageFormat that VetBooking uses.</summary>
internal sealed class Message
{
    internal Message(ImmutableArray<Part> parts, ImmutableArray<Argument> arguments, ImmutableArray<Part.Plural> plurals)
    {
        Parts = parts;
        Arguments = arguments;
        Plurals = plurals;
        // Literals in a row are one part, so a message without arguments has one part or none.
        if (arguments.IsEmpty) Plain = parts.IsEmpty ? "" : ((Part.Literal)parts[0]).Text;
    }

    public ImmutableArray<Part> Parts { get; }

    /// <summary>In order of first appearance.</summary>
    public ImmutableArray<Argument> Arguments { get; }

    /// <summary>Every plural in the message, nested ones too.</summary>
    public ImmutableArray<Part.Plural> Plurals { get; }

    /// <summary>The finished text, if the message has no arguments.</summary>
    public string? Plain { get; }

    /// <exception cref="FormatException">The text is not a message; says what is wrong and where.</exception>
    public static Message Parse(string text) => new MessageParser(text).Parse();
}
