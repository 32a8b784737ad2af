using VetBooking.Web.Texts;

namespace VetBooking.Texts.Generator;

/// <summary>Holds the languages against German, which says what texts there are and what goes into them.</summary>
internal static class Comparison
{
    public static void Compare(TextLanguage german, TextLanguage other)
    {
        // A file that cannot be read has one fault, not one per text.
        if (!other.Readable || !german.Readable) return;

        var known = new HashSet<string>(german.Entries.Select(entry => entry.Key), StringComparer.Ordinal);
        foreach (Entry entry in other.Entries)
            if (!known.Remove(entry.Key)) other.Report(Faults.ExtraKey, entry, entry.Key, other.Language);

        // English is complete; the others may lag behind and fall back to German.
        if (other.Language == "en")
        {
            // Reported at the German text: that line exists.
            foreach (Entry entry in german.Entries)
                if (known.Contains(entry.Key)) german.Report(Faults.MissingKey, entry, entry.Key, other.Language);
        }

        foreach (ParsedText text in other.Texts.Values)
            if (german.Texts.TryGetValue(text.Entry.Key, out ParsedText? reference)) CompareArguments(reference, text, other);
    }

    public static void FindSameNames(TextLanguage german)
    {
        var names = new HashSet<string>(MemberName.Taken, StringComparer.Ordinal);
        foreach (ParsedText text in german.Texts.Values)
        {
            string name = MemberName.Of(text.Entry.Key);
            if (!names.Add(name)) german.Report(Faults.SameName, text.Entry, text.Entry.Key, name);
        }
    }

    private static void CompareArguments(ParsedText german, ParsedText text, TextLanguage file)
    {
        string expected = Describe(german.Message);
        string actual = Describe(text.Message);
        if (actual != expected) file.Report(Faults.OtherArguments, text.Entry, text.Entry.Key, actual, file.Language, expected);
    }

    // Sorted: a translation may use the arguments in another order.
    private static string Describe(Message message) => string.Join(", ", message.Arguments
        .Select(argument => $"{argument.Name}: {argument.Type.ToString().ToLowerInvariant()}")
        .OrderBy(description => description, StringComparer.Ordinal));
}
