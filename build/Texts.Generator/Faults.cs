using Microsoft.CodeAnalysis;

namespace VetBooking.Texts.Generator;

/// <summary>Everything that fails the build, one id each.</summary>
internal static class Faults
{
    public static readonly DiagnosticDescriptor NotFlatJson =
        Error("TEXT001", "Not a flat text file", "{0}");

    public static readonly DiagnosticDescriptor BadKey =
        Error("TEXT002", "Bad key", "'{0}' is not a key: lower-case first, letters and digits, parted by '.' or '-'");

    public static readonly DiagnosticDescriptor MissingKey =
        Error("TEXT003", "Missing text", "'{0}' is in de.json but not in {1}.json");

    public static readonly DiagnosticDescriptor ExtraKey =
        Error("TEXT004", "Text that de.json does not have", "'{0}' is in {1}.json but not in de.json");

    public static readonly DiagnosticDescriptor BadMessage =
        Error("TEXT005", "Message does not parse", "'{0}': {1}");

    public static readonly DiagnosticDescriptor OtherArguments =
        Error("TEXT006", "Arguments differ", "'{0}' takes ({1}) in {2}.json but ({3}) in de.json");

    public static readonly DiagnosticDescriptor MissingCategory =
        Error("TEXT007", "Plural category missing", "'{0}' has a plural without {1}, which the language '{2}' needs");

    public static readonly DiagnosticDescriptor SameName =
        Error("TEXT008", "Two texts with one name", "'{0}' would be called {1}, and that name is taken");

    public static readonly DiagnosticDescriptor UnknownLanguage =
        Error("TEXT009", "Unknown language", "There are no plural rules for the language '{0}'; see PluralRules.cs and Locale.cs");

    public static readonly DiagnosticDescriptor NoReference =
        Error("TEXT010", "No German texts", "de.json or en.json is missing among the text files");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Texts", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
