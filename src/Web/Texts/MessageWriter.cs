using System.Collections.Immutable;
using System.Text;

namespace VetBooking.Web.Texts;

/// <summary>Puts arguments into a message, as they are: making HTML of the result is the view's job.</summary>
internal readonly ref struct MessageWriter
{
    private readonly Locale locale;
    private readonly ReadOnlySpan<ArgumentValue> arguments;
    private readonly StringBuilder output = new();

    private MessageWriter(Locale locale, ReadOnlySpan<ArgumentValue> arguments)
    {
        this.locale = locale;
        this.arguments = arguments;
    }

    public static string Format(Message message, Locale locale, ReadOnlySpan<ArgumentValue> arguments)
    {
        if (message.Plain is { } plain) return plain;
        var writer = new MessageWriter(locale, arguments);
        writer.Write(message.Parts, count: 0);
        return writer.output.ToString();
    }

    private void Write(ImmutableArray<Part> parts, int count)
    {
        foreach (Part part in parts)
        {
            switch (part)
            {
                case Part.Literal literal:
                    output.Append(literal.Text);
                    break;
                case Part.Plain plain:
                    output.Append(Plain(Find(plain.Name)));
                    break;
                case Part.Number number:
                    output.Append(locale.Write(Find(number.Name).Number));
                    break;
                case Part.Count:
                    output.Append(locale.Write(count));
                    break;
                case Part.Date date:
                    output.Append(locale.Write(Find(date.Name).Date, date.Style));
                    break;
                case Part.Time time:
                    output.Append(Locale.Write(Find(time.Name).Time));
                    break;
                case Part.Plural plural:
                    int n = Find(plural.Name).Number;
                    Write(Branch(plural, n), n);
                    break;
                case Part.Select select:
                    Write(select.Choices.GetValueOrDefault(Find(select.Name).Text, select.Choices["other"]), count);
                    break;
            }
        }
    }

    // Practices may write {day} where the program writes {day, date, long}.
    private string Plain(ArgumentValue value) => value.Type switch
    {
        ArgumentType.Number => locale.Write(value.Number),
        ArgumentType.Date => locale.Write(value.Date, DateStyle.Long),
        ArgumentType.Time => Locale.Write(value.Time),
        // Names and telephone numbers run left to right inside a sentence that runs the other way (Unicode UAX 9, isolates).
        _ => locale.IsRightToLeft && value.Text.Length > 0 ? $"\u2068{value.Text}\u2069" : value.Text,
    };

    private ImmutableArray<Part> Branch(Part.Plural plural, int n) =>
        plural.Exact.TryGetValue(n, out ImmutableArray<Part> exact) ? exact
        : plural.Categories.TryGetValue(PluralRules.Of(locale.Language, n), out ImmutableArray<Part> branch) ? branch
        : plural.Categories[PluralCategory.Other];

    private ArgumentValue Find(string name)
    {
        foreach (ArgumentValue argument in arguments)
            if (argument.Name == name) return argument;
        throw new ArgumentException($"The message needs the argument '{name}'.");
    }
}
