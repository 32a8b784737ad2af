using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace VetBooking.Tests.Running;

/// <summary>A page as it arrived.</summary>
public sealed record Seen(int Status, string Url, IHtmlDocument Document, string Html, HttpResponseMessage Response)
{
    public string Title => Document.Title ?? "";

    public string Path => Url.Split('?')[0];

    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>Everything a person can read in the page.</summary>
    public string Words => Document.QuerySelector("main")?.TextContent ?? "";

    public IElement Find(string selector) => Document.QuerySelector(selector) ?? throw new InvalidOperationException($"{Url} has no {selector}:\n{Html}");

    public string Value(string selector) => Find(selector) is IHtmlTextAreaElement area ? area.Value : Find(selector).GetAttribute("value") ?? "";

    /// <summary>Where the links in the error summary lead that lead nowhere.</summary>
    public IEnumerable<string> DeadErrorLinks => Document.QuerySelectorAll(".err a").Select(link => link.GetAttribute("href")!)
        .Where(href => !href.StartsWith('#') || Document.GetElementById(href[1..]) is null);
}

/// <summary>Somebody with a browser that has neither cookies nor JavaScript: opens pages, fills in forms, presses buttons.</summary>
public sealed class Browser(HttpClient http)
{
    private readonly HtmlParser parser = new();

    /// <summary>Opens an address and follows where it leads.</summary>
    public async Task<Seen> Open(string url) => await Arrive(await http.GetAsync(url), url);

    /// <summary>Fills in the form around a button and presses it.</summary>
    public Task<Seen> Press(Seen page, string button, params (string Name, string Value)[] typed)
    {
        var pressed = page.Find(button);
        var form = (IHtmlFormElement)pressed.Closest("form")!;
        var fields = Filled(form).Where(field => typed.All(one => one.Name != field.Name)).Concat(typed).ToList();
        if (pressed.GetAttribute("name") is { } name) fields.Add((name, pressed.GetAttribute("value") ?? ""));
        var where = pressed.GetAttribute("formaction") ?? form.GetAttribute("action");
        return Post(where is { Length: > 0 } action ? action : page.Url, fields);
    }

    /// <summary>Sends a form that nobody has to have seen.</summary>
    public async Task<Seen> Post(string url, IEnumerable<(string Name, string Value)> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Arrive(await http.PostAsync(url, content), url);
    }

    private static IEnumerable<(string Name, string Value)> Filled(IHtmlFormElement form)
    {
        foreach (var field in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            var name = field.GetAttribute("name")!;
            if (field is IHtmlTextAreaElement area) yield return (name, area.Value);
            else if (field is IHtmlSelectElement select) yield return (name, select.Value ?? "");
            else if (field is IHtmlInputElement { Type: "radio" or "checkbox" } choice)
            {
                if (choice.IsChecked) yield return (name, choice.Value);
            }
            else yield return (name, ((IHtmlInputElement)field).Value);
        }
    }

    private async Task<Seen> Arrive(HttpResponseMessage response, string url)
    {
        for (var hops = 0; (int)response.StatusCode == 303; hops++)
        {
            Assert.True(hops < 10, $"{url} leads in a circle.");
            url = response.Headers.Location!.ToString();
            response = await http.GetAsync(url);
        }
        var html = await response.Content.ReadAsStringAsync();
        return new Seen((int)response.StatusCode, url, await parser.ParseDocumentAsync(html), html, response);
    }
}
