using System.Globalization;
using System.Text;

namespace VetBooking.Texts.Generator;

/// <summary>An entry of a text file; the positions are those of the key.</summary>
internal sealed record Entry(string Key, string Value, int Start, int Length);

/// <summary>Something that is not the flat JSON it has to be.</summary>
internal sealed class FlatJsonException(string message, int at) : Exception(message)
{
    public int At => at;
}

/// <summary>
/// Reads one object of strings, one key per line, and nothing else. Our own, because a generator that brings
/// a JSON library along has to ship that library to the compiler.
/// </summary>
internal sealed class FlatJson(string text)
{
    private int at;

    /// <exception cref="FlatJsonException">The file is anything else.</exception>
    public static List<Entry> Read(string text) => new FlatJson(text).Read();

    private List<Entry> Read()
    {
        var entries = new List<Entry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        Expect('{');
        bool more = !TryRead('}');
        while (more)
        {
            bool onNewLine = SkipBlanks();
            int start = at;
            if (!onNewLine) throw Fault("every key stands on its own line");
            string key = String();
            int length = at - start;
            if (!keys.Add(key)) throw new FlatJsonException($"'{key}' is there twice", start);
            Expect(':');
            SkipBlanks();
            entries.Add(new Entry(key, String(), start, length));
            more = TryRead(',');
            if (!more) Expect('}');
        }
        SkipBlanks();
        if (at < text.Length) throw Fault("nothing may follow the closing brace");
        return entries;
    }

    private string String()
    {
        if (at == text.Length || text[at] != '"') throw Fault("a string is missing");
        int start = at++;
        var value = new StringBuilder();
        while (at < text.Length)
        {
            char c = text[at++];
            if (c == '"') return value.ToString();
            if (c < ' ') throw new FlatJsonException("a line break or control character inside a string", at - 1);
            value.Append(c == '\\' ? Escape() : c);
        }
        throw new FlatJsonException("this string is never closed", start);
    }

    private char Escape()
    {
        char c = at < text.Length ? text[at++] : ' ';
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when at + 4 <= text.Length
                && ushort.TryParse(text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                at += 4;
                return (char)code;
            default:
                throw new FlatJsonException("an escape that JSON does not know", at - 1);
        }
    }

    private void Expect(char wanted)
    {
        if (!TryRead(wanted)) throw Fault($"'{wanted}' is missing");
    }

    private bool TryRead(char wanted)
    {
        int before = at;
        SkipBlanks();
        if (at < text.Length && text[at] == wanted)
        {
            at++;
            return true;
        }
        // Left where it was: the next key still has to see its line break.
        if (wanted == '}') at = before;
        return false;
    }

    /// <returns>Whether a line ended among the blanks.</returns>
    private bool SkipBlanks()
    {
        bool newLine = false;
        while (at < text.Length && text[at] is ' ' or '\n' or '\r' or '\t') newLine |= text[at++] == '\n';
        return newLine;
    }

    private FlatJsonException Fault(string what) => new(what, at);
}
