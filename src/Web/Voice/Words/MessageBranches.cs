using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Voice.Words;

/// <summary>One of the sentences a message chooses from, and the word it is chosen by: <c>=0</c>, <c>one</c>, <c>cat</c>.</summary>
internal sealed record Branch(string Word, string Words);

/// <summary>
/// A message that is nothing but a choice between sentences, taken apart so that each can be edited on its own: nobody at a
/// front desk should have to know <c>{n, plural, one{…} other{…}}</c>.
/// </summary>
internal sealed record MessageBranches(string Argument, bool IsPlural, ImmutableArray<Branch> Branches)
{
    /// <summary>The branches of a message; null if it is one sentence, or more than one choice.</summary>
    public static MessageBranches? Of(Message message)
    {
        if (message.Parts is not [var only]) return null;
        var (argument, branches) = only switch
        {
            Part.Plural plural => (plural.Name, Sentences(plural)),
            Part.Select select => (select.Name, select.Choices.OrderBy(one => one.Key == "other").ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => (Word: one.Key, Parts: one.Value))),
            _ => ("", []),
        };
        var all = branches.ToList();
        if (argument.Length == 0 || all.Exists(one => one.Parts.Any(part => part is Part.Plural or Part.Select))) return null;
        return new MessageBranches(argument, only is Part.Plural, [.. all.Select(one => new Branch(one.Word, Write(one.Parts, only is Part.Plural)))]);
    }

    /// <summary>A message of ours as people read it: its sentences one after the other, if it is a choice between some.</summary>
    public static string Readable(string source) =>
        Of(Message.Parse(source)) is { } choice ? string.Join(" / ", choice.Branches.Select(one => one.Words)) : source;

    /// <summary>The whole message with these sentences.</summary>
    public string With(IEnumerable<Branch> branches) =>
        $"{{{Argument}, {(IsPlural ? "plural" : "select")}, {string.Join(' ', branches.Select(one => $"{one.Word}{{{one.Words}}}"))}}}";

    private static IEnumerable<(string Word, ImmutableArray<Part> Parts)> Sentences(Part.Plural plural) =>
    [
        .. plural.Exact.OrderBy(one => one.Key).Select(one => (string.Create(CultureInfo.InvariantCulture, $"={one.Key}"), one.Value)),
        .. plural.Categories.OrderBy(one => one.Key).Select(one => (MessageWords.Categories.First(word => word.Value == one.Key).Key, one.Value)),
    ];

    private static string Write(ImmutableArray<Part> parts, bool inPlural)
    {
        var source = new StringBuilder();
        foreach (var part in parts)
        {
            source.Append(part switch
            {
                Part.Literal literal => Quoted(literal.Text, inPlural),
                Part.Plain plain => $"{{{plain.Name}}}",
                Part.Number number => $"{{{number.Name}, number}}",
                Part.Time time => $"{{{time.Name}, time}}",
                Part.Date date => $"{{{date.Name}, date, {MessageWords.DateStyles.First(word => word.Value == date.Style).Key}}}",
                Part.Count => "#",
                _ => throw new InvalidOperationException("A branch holds no other choices."),
            });
        }
        return source.ToString();
    }

    private static string Quoted(string literal, bool inPlural) =>
        string.Concat(literal.Select(c => c is '{' or '}' || (c == '#' && inPlural) ? $"'{c}'" : c == '\'' ? "''" : c.ToString()));
}
