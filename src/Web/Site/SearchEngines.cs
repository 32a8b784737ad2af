using System.Text;
using System.Xml;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Site;

/// <summary>What search engines read.</summary>
internal static class SearchEngines
{
    private static readonly string[] Listed = ["/", "/buchen", "/impressum", "/datenschutz", "/barrierefreiheit"];

    /// <summary><c>GET /robots.txt</c></summary>
    public static IResult Robots(InstanceSettings settings) => Results.Text(
        $"""
        User-agent: *
        Disallow: /termin/
        Disallow: /buchen/fertig/
        Disallow: /praxis/

        Sitemap: {settings.PublicUrl}/sitemap.xml

        """, "text/plain; charset=utf-8");

    /// <summary><c>GET /sitemap.xml</c>: every page in each language the practice speaks.</summary>
    public static IResult Sitemap(Visitor visitor, InstanceSettings settings)
    {
        if (!visitor.Profile.Missing.IsEmpty) return NotPublicYet.Answer(visitor);
        const string Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9", Xhtml = "http://www.w3.org/1999/xhtml";
        var text = new MemoryStream();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("urlset", Sitemaps);
            xml.WriteAttributeString("xmlns", "xhtml", null, Xhtml);
            foreach (var path in Listed)
            {
                var address = settings.PublicUrl + path;
                xml.WriteStartElement("url", Sitemaps);
                xml.WriteElementString("loc", Sitemaps, address);
                foreach (var language in visitor.Profile.Languages)
                {
                    xml.WriteStartElement("link", Xhtml);
                    xml.WriteAttributeString("rel", "alternate");
                    xml.WriteAttributeString("hreflang", language);
                    xml.WriteAttributeString("href", InLanguage(address, language));
                    xml.WriteEndElement();
                }
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return Results.Bytes(text.ToArray(), "application/xml");
    }

    /// <summary>A page's address that fixes its language; without, the browser's languages decide.</summary>
    public static string InLanguage(string address, string language) => $"{address}?lang={Uri.EscapeDataString(language)}";
}
