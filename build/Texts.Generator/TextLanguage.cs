using Microsoft.CodeAnalysis;

namespace VetBooking.Texts.Generator;

/// <summary>All texts of one language: <c>de.json</c> together with files for one part of the product, like <c>diary.de.json</c>.</summary>
internal sealed class TextLanguage
{
    private readonly List<TextFile> files;

    public TextLanguage(string language, IEnumerable<TextFile> files)
    {
        Language = language;
        this.files = files.ToList();
        foreach (TextFile file in this.files)
        {
            foreach (ParsedText text in file.Texts.Values)
            {
                if (Texts.ContainsKey(text.Entry.Key)) file.Report(Faults.SameName, text.Entry, text.Entry.Key, MemberName.Of(text.Entry.Key));
                else Texts.Add(text.Entry.Key, text);
            }
        }
    }

    public string Language { get; }

    public bool Readable => files.All(file => file.Readable);

    public IEnumerable<Entry> Entries => files.SelectMany(file => file.Entries);

    /// <summary>By key; without the texts that do not parse.</summary>
    public Dictionary<string, ParsedText> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys of what owners read.</summary>
    public HashSet<string> ForOwners => new(files.Where(file => file.IsForOwners).SelectMany(file => file.Texts.Keys), StringComparer.Ordinal);

    public IEnumerable<Diagnostic> Diagnostics => files.SelectMany(file => file.Diagnostics);

    public void Report(DiagnosticDescriptor fault, Entry entry, params object[] words) =>
        files.First(file => file.Entries.Any(one => ReferenceEquals(one, entry))).Report(fault, entry, words);
}
