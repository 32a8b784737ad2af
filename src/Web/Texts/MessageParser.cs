using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace VetBooking.Web.Texts;

/// <summary>
/// Reads one message. Stricter than ICU where ICU guesses: an open quote, an unknown word,
/// a branch given twice and a plural or select without <c>other</c> are faults.
/// </summary>
internal sealed class MessageParser(string text)
{
    // Practices edit messages in the browser; nesting must not be able to exhaust the stack.
    private const int DeepestNesting = 6;

    private readonly ArgumentList arguments = new();
    private readonly ImmutableArray<Part.Plural>.Builder plurals = ImmutableArray.CreateBuilder<Part.Plural>();
    private int at;
    private int depth;

    public Message Parse()
    {
        ImmutableArray<Part> parts = Parts(inPlural: false);
        return new Message(parts, arguments.ToImmutable(), plurals.ToImmutable());
    }

    /// <summary>Reads up to the end of the text or, inside a branch, up to its closing brace.</summary>
    private ImmutableArray<Part> Parts(bool inPlural)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var literal = new StringBuilder();
        void EndLiteral()
        {
            if (literal.Length > 0) parts.Add(new Part.Literal(literal.ToString()));
            literal.Clear();
        }

        while (at < text.Length && !(text[at] == '}' && depth > 0))
        {
            char c = text[at];
            if (c == '{')
            {
                EndLiteral();
                parts.Add(Placeholder(inPlural));
            }
            else if (c == '}')
            {
                throw Fault("'}' without '{'");
            }
            else if (c == '#' && inPlural)
            {
                EndLiteral();
                parts.Add(new Part.Count());
                at++;
            }
            else if (c == '\'')
            {
                Apostrophe(literal, inPlural);
            }
            else
            {
                literal.Append(c);
                at++;
            }
        }
        EndLiteral();
        return parts.ToImmutable();
    }

    /// <summary>An apostrophe quotes only before a character that means something; elsewhere it is itself, as in "can't".</summary>
    private void Apostrophe(StringBuilder literal, bool inPlural)
    {
        char next = at + 1 < text.Length ? text[at + 1] : ' ';
        bool quotes = next is '{' or '}' || (next == '#' && inPlural);
        if (!quotes)
        {
            literal.Append('\'');
            at += next == '\'' ? 2 : 1;
            return;
        }
        int start = at++;
        while (at < text.Length)
        {
            char c = text[at++];
            if (c != '\'')
            {
                literal.Append(c);
            }
            else if (at < text.Length && text[at] == '\'')
            {
                literal.Append('\'');
                at++;
            }
            else
            {
                return;
            }
        }
        at = start;
        throw Fault("this quote is never closed");
    }

    private Part Placeholder(bool inPlural)
    {
        Expect('{');
        string name = Name();
        if (TryRead('}'))
        {
            Note(name, null);
            return new Part.Plain(name);
        }
        if (!TryRead(',')) throw Fault("'}' or ',' is missing");
        string kind = Word();
        switch (kind)
        {
            case "number":
                Note(name, ArgumentType.Number);
                Expect('}');
                return new Part.Number(name);
            case "time":
                Note(name, ArgumentType.Time);
                Expect('}');
                return new Part.Time(name);
            case "date":
                Note(name, ArgumentType.Date);
                return Date(name);
            case "plural":
                Note(name, ArgumentType.Number);
                return Plural(name);
            case "select":
                Note(name, ArgumentType.Text);
                return Select(name, inPlural);
            default:
                throw Fault($"'{kind}' is not one of number, date, time, plural, select");
        }
    }

    private Part.Date Date(string name)
    {
        DateStyle style = DateStyle.Medium;
        if (!TryRead('}'))
        {
            Expect(',');
            string word = Word();
            if (!MessageWords.DateStyles.TryGetValue(word, out style))
                throw Fault($"'{word}' is not a date style; there are {string.Join(", ", MessageWords.DateStyles.Keys)}");
            Expect('}');
        }
        return new Part.Date(name, style);
    }

    private Part.Plural Plural(string name)
    {
        var exact = ImmutableDictionary.CreateBuilder<int, ImmutableArray<Part>>();
        var categories = ImmutableDictionary.CreateBuilder<PluralCategory, ImmutableArray<Part>>();
        Expect(',');
        while (!TryRead('}'))
        {
            bool isExact = TryRead('=');
            string word = Word();
            if (isExact)
            {
                if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                    throw Fault($"'={word}' is not a number");
                if (exact.ContainsKey(number)) throw Fault($"'={word}' is given twice");
                exact.Add(number, Branch(inPlural: true));
            }
            else
            {
                if (!MessageWords.Categories.TryGetValue(word, out PluralCategory category))
                    throw Fault($"'{word}' is not one of {string.Join(", ", MessageWords.Categories.Keys)}");
                if (categories.ContainsKey(category)) throw Fault($"'{word}' is given twice");
                categories.Add(category, Branch(inPlural: true));
            }
        }
        if (!categories.ContainsKey(PluralCategory.Other)) throw Fault($"the plural of '{name}' lacks 'other'");
        var plural = new Part.Plural(name, exact.ToImmutable(), categories.ToImmutable());
        plurals.Add(plural);
        return plural;
    }

    private Part.Select Select(string name, bool inPlural)
    {
        var choices = ImmutableDictionary.CreateBuilder<string, ImmutableArray<Part>>();
        Expect(',');
        while (!TryRead('}'))
        {
            string word = Word();
            if (choices.ContainsKey(word)) throw Fault($"'{word}' is given twice");
            // Unlike ICU, '#' stays the number of the plural around the select: that is what translators mean.
            choices.Add(word, Branch(inPlural));
        }
        if (!choices.ContainsKey("other")) throw Fault($"the select of '{name}' lacks 'other'");
        return new Part.Select(name, choices.ToImmutable());
    }

    private ImmutableArray<Part> Branch(bool inPlural)
    {
        Expect('{');
        if (++depth > DeepestNesting) throw Fault("nested too deeply");
        ImmutableArray<Part> parts = Parts(inPlural);
        // Not Expect: blanks before the closing brace belong to the text.
        if (at == text.Length) throw Fault("'}' is missing");
        at++;
        depth--;
        return parts;
    }

    private void Note(string name, ArgumentType? type)
    {
        if (!arguments.TryAdd(name, type)) throw Fault($"'{name}' is used as two different types");
    }

    private string Name()
    {
        string name = Word();
        if (name[0] is >= '0' and <= '9' || name.Contains('-')) throw Fault($"'{name}' is not a name");
        return name;
    }

    private string Word()
    {
        SkipBlanks();
        int start = at;
        while (at < text.Length && text[at] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-') at++;
        return at > start ? text.Substring(start, at - start) : throw Fault("a word is missing");
    }

    private void Expect(char wanted)
    {
        if (!TryRead(wanted)) throw Fault($"'{wanted}' is missing");
    }

    private bool TryRead(char wanted)
    {
        SkipBlanks();
        if (at == text.Length || text[at] != wanted) return false;
        at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\r' or '\t') at++;
    }

    private FormatException Fault(string what) => new($"{what} (character {at + 1})");
}
