using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using VetBooking.Web.Texts;

namespace VetBooking.Texts.Generator;

/// <summary>A text of one language whose message parses.</summary>
internal sealed record ParsedText(Entry Entry, Message Message);

/// <summary>
/// One file of texts, with all that is wrong inside it. Its name ends in the language: <c>de.json</c> for what owners read,
/// <c>diary.de.json</c> for a part that staff read, <c>de-du.json</c> for what German says otherwise in its familiar form.
/// </summary>
internal sealed class TextFile
{
    private readonly string path;
    private readonly SourceText source;
    private readonly List<Diagnostic> faults = [];

    public TextFile(string path, SourceText source)
    {
        this.path = path;
        this.source = source;
        string[] names = Path.GetFileNameWithoutExtension(path).Split('.');
        Language = names.Last();
        IsForOwners = names.Length == 1;
        if (!PluralRules.Languages.Contains(Language.Split('-')[0])) Report(Faults.UnknownLanguage, 0, 0, Language);
        try
        {
            Entries = FlatJson.Read(source.ToString());
        }
        catch (FlatJsonException fault)
        {
            Readable = false;
            Report(Faults.NotFlatJson, fault.At, 0, fault.Message);
        }
        foreach (Entry entry in Entries) Parse(entry);
    }

    public string Language { get; }

    /// <summary>Whether its texts are what owners read, which practices can put in their own words.</summary>
    public bool IsForOwners { get; }

    public bool Readable { get; } = true;

    public List<Entry> Entries { get; } = [];

    /// <summary>By key; without the texts that do not parse.</summary>
    public Dictionary<string, ParsedText> Texts { get; } = new(StringComparer.Ordinal);

    public IEnumerable<Diagnostic> Diagnostics => faults;

    public void Report(DiagnosticDescriptor fault, Entry entry, params object[] words) =>
        Report(fault, entry.Start, entry.Length, words);

    public void Report(DiagnosticDescriptor fault, int start, int length, params object[] words)
    {
        var span = new TextSpan(Math.Min(start, source.Length), Math.Min(length, source.Length - Math.Min(start, source.Length)));
        faults.Add(Diagnostic.Create(fault, Location.Create(path, span, source.Lines.GetLinePositionSpan(span)), words));
    }

    private void Parse(Entry entry)
    {
        if (!MemberName.IsKey(entry.Key))
        {
            Report(Faults.BadKey, entry, entry.Key);
            return;
        }
        Message message;
        try
        {
            message = Message.Parse(entry.Value);
        }
        catch (FormatException fault)
        {
            Report(Faults.BadMessage, entry, entry.Key, fault.Message);
            return;
        }
        Texts.Add(entry.Key, new ParsedText(entry, message));
        string missing = string.Join(", ", PluralRules.Missing(Language, message).Select(category => $"'{Lower(category)}'"));
        if (missing.Length > 0) Report(Faults.MissingCategory, entry, entry.Key, missing, Language);
    }

    private static string Lower(PluralCategory category) => category.ToString().ToLowerInvariant();
}
