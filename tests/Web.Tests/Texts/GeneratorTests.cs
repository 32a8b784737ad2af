using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using VetBooking.Texts.Generator;

namespace VetBooking.Tests.Texts;

public class GeneratorTests
{
    private const string Good = """
        {
          "a.b-c": "Hallo {name}",
          "n": "{n, plural, one{#} other{#}}"
        }
        """;

    [Fact]
    public void Good_files_give_members_and_no_diagnostics()
    {
        var (faults, code) = Run(("de", Good), ("en", Good));
        Assert.Empty(faults);
        Assert.Contains("public string ABC(string @name)", code, StringComparison.Ordinal);
        Assert.Contains("public string N(int @n)", code, StringComparison.Ordinal);
        Assert.Contains("/// <summary>Hallo {name}</summary>", code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_points_to_its_file_and_line()
    {
        var fault = Assert.Single(Run(("de", Good), ("en", Good.Replace("{name}", "{name", StringComparison.Ordinal))).Faults);
        var position = fault.Location.GetLineSpan();
        Assert.Equal("/Texts/en.json", position.Path);
        Assert.Equal(1, position.StartLinePosition.Line);
        Assert.Equal(DiagnosticSeverity.Error, fault.Severity);
    }

    [Theory]
    [InlineData("{ \"a\": \"\" }")]
    [InlineData("{\n\"a\": \"\", \"b\": \"\"\n}")]
    [InlineData("{\n\"a\": \"\",\n}")]
    [InlineData("{\n\"a\": \"\"\n\"b\": \"\"\n}")]
    [InlineData("{\n\"a\": 1\n}")]
    [InlineData("{\n\"a\": {\n\"b\": \"\"\n}\n}")]
    [InlineData("{\n\"a\": \"\",\n\"a\": \"\"\n}")]
    [InlineData("{\n\"a\": \"\\x\"\n}")]
    [InlineData("{\n\"a\": \"\\u12 4\"\n}")]
    [InlineData("{\n\"a\": \"open\n}")]
    [InlineData("{\n\"a\": \"\"\n} more")]
    [InlineData("// comment\n{\n}")]
    [InlineData("")]
    public void Anything_but_flat_JSON_with_a_key_per_line_is_refused(string german) =>
        Assert.Equal(["TEXT001"], Ids(("de", german), ("en", "{}")));

    [Fact]
    public void Escapes_of_JSON_are_read()
    {
        var (faults, code) = Run(("de", """
            {

              "a" : "\"\\\/\n\t\u00fc<&>"
            }
            """), ("en", "{\n\"a\": \"\"}"));
        Assert.Empty(faults);
        Assert.Contains(""" "\"\\/\n\tü<&>", """.Trim(), code, StringComparison.Ordinal);
        Assert.Contains("ü&lt;&amp;&gt;</summary>", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Booking")]
    [InlineData("booking..x")]
    [InlineData("booking x")]
    [InlineData("")]
    public void A_key_that_makes_no_name_is_refused(string key) =>
        Assert.Equal(["TEXT002"], Ids(("de", One(key, "x")), ("en", "{}")).Where(id => id != "TEXT003"));

    [Fact]
    public void English_must_have_every_text() => Assert.Equal(["TEXT003"], Ids(("de", One("a", "x")), ("en", "{}")));

    [Fact]
    public void Other_languages_may_lack_texts() =>
        Assert.Empty(Ids(("de", One("a", "x")), ("en", One("a", "x")), ("tr", "{}")));

    [Theory]
    [InlineData("en")]
    [InlineData("tr")]
    public void No_language_may_have_a_text_that_German_lacks(string language)
    {
        string more = "{\n\"a\": \"x\",\n\"b\": \"x\"\n}";
        Assert.Equal(["TEXT004"], Ids(
            ("de", One("a", "x")), ("en", language == "en" ? more : One("a", "x")), ("tr", language == "tr" ? more : "{}")));
    }

    [Theory]
    [InlineData("{x")]
    [InlineData("{x, plural, one{#}}")]
    public void A_message_must_parse(string message) =>
        Assert.Equal(["TEXT005"], Ids(("de", One("a", "{x}")), ("en", One("a", message))));

    [Theory]
    [InlineData("Hello")]
    [InlineData("{y}")]
    [InlineData("{x, number}")]
    [InlineData("{x} {y}")]
    public void All_languages_take_the_same_arguments(string english) =>
        Assert.Equal(["TEXT006"], Ids(("de", One("a", "{x}")), ("en", One("a", english))));

    [Fact]
    public void A_translation_may_turn_the_arguments_round() =>
        Assert.Empty(Ids(("de", One("a", "{x} {n, number}")), ("en", One("a", "{n, number} {x}"))));

    [Fact]
    public void A_plural_has_all_categories_of_its_language()
    {
        string message = One("a", "{n, plural, one{#} other{#}}");
        var (faults, _) = Run(("de", message), ("en", message), ("uk", message));
        var fault = Assert.Single(faults);
        Assert.Equal("TEXT007", fault.Id);
        Assert.Contains("'few', 'many'", fault.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.b-c", "aBC")]
    [InlineData("text", "x")]
    [InlineData("to-string", "x")]
    public void Two_texts_cannot_share_a_name(string first, string second)
    {
        string texts = $$"""
            {
              "{{first}}": "",
              "{{second}}": ""
            }
            """;
        Assert.Equal(["TEXT008"], Ids(("de", texts), ("en", texts)));
    }

    [Fact]
    public void A_language_without_plural_rules_is_refused() =>
        Assert.Equal(["TEXT009"], Ids(("de", "{}"), ("en", "{}"), ("cs", "{}")));

    [Fact]
    public void German_and_English_must_be_there()
    {
        Assert.Equal(["TEXT010"], Ids(("en", "{}")));
        Assert.Equal(["TEXT010"], Ids(("de", "{}")));
    }

    private static string One(string key, string message) => $"{{\n\"{key}\": \"{message}\"\n}}";

    private static IEnumerable<string> Ids(params (string Language, string Json)[] files) => Run(files).Faults.Select(fault => fault.Id);

    private static (ImmutableArray<Diagnostic> Faults, string Code) Run(params (string Language, string Json)[] files)
    {
        var driver = CSharpGeneratorDriver.Create(new TextsGenerator())
            .AddAdditionalTexts([.. files.Select(file => new JsonFile($"/Texts/{file.Language}.json", file.Json))])
            .RunGenerators(CSharpCompilation.Create("Sample"));
        var result = driver.GetRunResult();
        Assert.Null(result.Results.Single().Exception);
        return (result.Diagnostics, result.GeneratedTrees.SingleOrDefault()?.ToString() ?? "");
    }

    private sealed class JsonFile(string path, string content) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(content);
    }
}
