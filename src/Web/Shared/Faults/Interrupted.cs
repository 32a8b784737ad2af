using Microsoft.AspNetCore.Http.Features;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Shared.Faults;

/// <summary>A request that a fault of the machine got in the way of: what was typed is kept, and sent once more at a press.</summary>
/// <param name="T">The texts. The practice's own cannot be read, perhaps.</param>
/// <param name="Sentence">What is the matter, and what to do.</param>
/// <param name="Request">What was asked for.</param>
public sealed record Interrupted(Text T, string Sentence, HttpRequest Request)
{
    // What must not lie in a page: whoever typed it types it again, with the browser's own way back.
    private static readonly string[] Secrets = ["passwor", "kennwort", "code", "pin", "secret"];

    private readonly IFormCollection? form = Request.HttpContext.Features.Get<IFormFeature>()?.Form;

    /// <summary>The same address; on this site, however many slashes it was asked for with.</summary>
    public string Address => "/" + Request.Path.ToUriComponent().TrimStart('/', '\\') + Request.QueryString.ToUriComponent();

    /// <summary>Whether it was only looked at.</summary>
    public bool IsLook => HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);

    /// <summary>Whether it can be sent once more from here: a form was sent, without a file and without a secret.</summary>
    public bool CanRepeat => HttpMethods.IsPost(Request.Method) && form is { Files.Count: 0 }
        && !form.Keys.Any(name => Secrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Every field as it was sent.</summary>
    public IEnumerable<(string Name, string Value)> Typed => form!.SelectMany(one => one.Value.Select(value => (one.Key, value ?? "")));
}
