using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace VetBooking.Texts.Generator;

/// <summary>
/// Makes the class VetBooking.Web.Texts.Text from Texts/*.json, so that a missing text, a wrong argument
/// or a plural without the forms of its language stops the build and not a page.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TextsGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Path and content compare by value: typing in C# files never runs the rest again.
        IncrementalValueProvider<ImmutableArray<(string Path, string Content)>> files = context.AdditionalTextsProvider
            .Where(file => IsTextFile(file.Path))
            .Select((file, cancellation) => (file.Path, file.GetText(cancellation)?.ToString() ?? ""))
            .Collect();
        context.RegisterSourceOutput(files, Generate);
    }

    private static bool IsTextFile(string path) =>
        Path.GetExtension(path) == ".json" && Path.GetFileName(Path.GetDirectoryName(path)) == "Texts";

    private static void Generate(SourceProductionContext context, ImmutableArray<(string Path, string Content)> sources)
    {
        if (sources.IsEmpty) return;
        List<TextLanguage> languages = sources
            .OrderBy(source => source.Path, StringComparer.Ordinal)
            .Select(source => new TextFile(source.Path, SourceText.From(source.Content)))
            .GroupBy(file => file.Language)
            .OrderBy(group => group.Key == "de" ? 0 : group.Key == "en" ? 1 : 2)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new TextLanguage(group.Key, group))
            .ToList();
        TextLanguage german = languages[0];
        if (german.Language != "de" || languages.Count < 2 || languages[1].Language != "en")
            context.ReportDiagnostic(Diagnostic.Create(Faults.NoReference, Location.None));
        if (german.Language == "de")
        {
            Comparison.FindSameNames(german);
            foreach (TextLanguage other in languages.Skip(1)) Comparison.Compare(german, other);
            context.AddSource("Text.g.cs", SourceText.From(TextClass.Write(german, languages), Encoding.UTF8));
        }
        foreach (Diagnostic fault in languages.SelectMany(language => language.Diagnostics)) context.ReportDiagnostic(fault);
    }
}
