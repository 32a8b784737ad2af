using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace VetBooking.Verify.Attacks.Exporting;

/// <summary>Files that say they are exports and are not, each with what is wrong with it.</summary>
internal sealed class HostileZips(string good, string folder)
{
    private int made;

    /// <summary>Changes that leave nothing an import could use.</summary>
    public IEnumerable<(string Name, string Path)> All()
    {
        yield return ("no file at all", Path.Combine(folder, "absent.zip"));
        yield return Written("an empty file", []);
        yield return Written("no ZIP", Encoding.UTF8.GetBytes(new string('x', 5000)));
        yield return Written("a ZIP without entries", [0x50, 0x4B, 5, 6, .. new byte[18]]);
        var bytes = File.ReadAllBytes(good);
        foreach (var share in new[] { 0.01, 0.3, 0.6, 0.9, 0.999 }) yield return Written($"cut at {share:P1}", bytes[..(int)(bytes.Length * share)]);
        foreach (var name in new[] { "../x.json", "../../../../tmp/x", "/etc/cron.d/x", "daten/../../x.json", "daten\\..\\x.json", "C:/x.json", "practice.db", "keys/key-1.xml", "daten/owner.json ", "DATEN/owner.json", new string('a', 300), "daten/ .json", "bilder/x/../../y.jpg" })
            yield return Changed($"an entry named {(name.Length > 40 ? "with 300 letters" : name)}", zip => Put(zip, name, "[]"u8.ToArray()));
        yield return Changed("a link instead of a file", zip =>
        {
            var entry = Put(zip, "bilder/link", "/etc/passwd"u8.ToArray());
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
        });
        yield return Changed("a bomb of 256 MB", zip => Zeros(zip, "bilder/bomb", 256));
        yield return Changed("30,000 entries", zip =>
        {
            for (var i = 0; i < 30_000; i++) Put(zip, $"bilder/{i}", []);
        });
        yield return Changed("a file twice", zip => Put(zip, "daten/owner.json", "[]"u8.ToArray()));
        foreach (var part in new[] { "manifest.json", "SHA256SUMS", "erasures.journal", "daten/owner.json", "daten/appointment.json", "index.html" })
            yield return Changed($"{part} is missing", zip => zip.GetEntry(part)!.Delete());
        foreach (var (part, content) in new[] { ("daten/owner.json", "[]"), ("daten/animal.json", "[{}]"), ("daten/practice.json", "null"), ("erasures.journal", ""), ("manifest.json", "{}"), ("manifest.json", "[[["), ("index.html", "<script>") })
            yield return Changed($"{part} is {content}", zip => Replace(zip, part, content));
        foreach (var (key, value) in new (string, JsonNode?)[] { ("format", 99), ("format", "1"), ("schema", 9999), ("schema", 0), ("schema", -1), ("schema", 5), ("schema", 27), ("parts", new JsonArray((JsonNode?)null)), ("createdAt", null), ("practice", new string('0', 32)), ("practice", null), ("parts", null), ("parts", new JsonArray()), ("tables", new JsonObject()), ("tables", null), ("more", 1) })
            yield return Changed($"the manifest's {key} is {value?.ToJsonString() ?? "null"}", zip => Manifest(zip, manifest => manifest[key] = value?.DeepClone()));
        yield return Changed("another moment in the manifest, which the list of checksums does not know", zip =>
        {
            string text;
            using (var manifest = new StreamReader(zip.GetEntry("manifest.json")!.Open())) text = manifest.ReadToEnd();
            Replace(zip, "manifest.json", text.Replace("\"createdAt\": \"2", "\"createdAt\": \"1", StringComparison.Ordinal));
        });
        yield return Changed("a digest of a table that is not there", zip => Manifest(zip, manifest => manifest["tables"]!["more"] = new string('0', 64)));
        foreach (var (table, change) in Lies()) yield return Changed($"rows and their checksums changed together: {table}", zip => Forge(zip, table, change));
        yield return Zipped10GB();
    }

    /// <summary>Whoever changes rows changes the checksums, too; what the manifest says of the tables gives them away, or the schema does.</summary>
    private static IEnumerable<(string Table, Func<string, string> Change)> Lies()
    {
        yield return ("owner", rows => rows.Replace("\"name\":\"", "\"name\":\"x", StringComparison.Ordinal));
        yield return ("animal", rows => rows.Replace("\"name\":\"", "\"name\":\"\\ud800", StringComparison.Ordinal));
        yield return ("identity", rows => rows.Replace("\"practice\":\"", "\"practice\":\"0", StringComparison.Ordinal));
        yield return ("animal", rows => rows.Replace("\"owner_id\":", "\"owner_id\":9", StringComparison.Ordinal));
        yield return ("account", rows => rows.Replace("\"role\":\"front-desk\"", "\"role\":\"administrator\"", StringComparison.Ordinal));
        yield return ("species", rows => rows.Replace("\"id\"", "\"di\"", StringComparison.Ordinal));
        yield return ("visit_type", rows => rows.Replace("\"position\":", "\"position\":0.5e1", StringComparison.Ordinal));
        yield return ("resource", _ => "[" + new string('[', 10_000));
    }

    private static void Forge(ZipArchive zip, string table, Func<string, string> change)
    {
        var part = $"daten/{table}.json";
        string rows;
        using (var text = new StreamReader(zip.GetEntry(part)!.Open())) rows = change(text.ReadToEnd());
        Replace(zip, part, rows);
        Manifest(zip, manifest =>
        {
            var entry = manifest["parts"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == part)!;
            (entry["bytes"], entry["sha256"]) = (Encoding.UTF8.GetByteCount(rows), Sha256(rows));
        });
    }

    // Ten thousand million zeros in ten million bytes, announced as what they are.
    private (string, string) Zipped10GB()
    {
        var path = Path.Combine(folder, "zeros.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Zeros(zip, "daten/owner.json", 10_000);
        return ("10 GB of zeros", path);
    }

    private static void Zeros(ZipArchive zip, string name, int megabytes)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        var zeros = new byte[1 << 20];
        for (var i = 0; i < megabytes; i++) entry.Write(zeros);
    }

    private (string, string) Written(string name, byte[] content)
    {
        var path = Path.Combine(folder, $"{made++}.zip");
        File.WriteAllBytes(path, content);
        return (name, path);
    }

    private (string, string) Changed(string name, Action<ZipArchive> change)
    {
        var path = Path.Combine(folder, $"{made++}.zip");
        File.Copy(good, path);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update)) change(zip);
        return (name, path);
    }

    private static void Manifest(ZipArchive zip, Action<JsonObject> change)
    {
        JsonObject manifest;
        using (var stream = zip.GetEntry("manifest.json")!.Open()) manifest = JsonNode.Parse(stream)!.AsObject();
        change(manifest);
        var text = manifest.ToJsonString();
        Replace(zip, "manifest.json", text);
        // Whoever forges a manifest forges the list of checksums, too.
        var sums = (manifest["parts"] as JsonArray ?? []).OfType<JsonObject>().Select(part => $"{part["sha256"]}  {part["name"]}\n");
        Replace(zip, "SHA256SUMS", string.Concat(sums) + $"{Sha256(text)}  manifest.json\n");
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Replace(ZipArchive zip, string name, string content)
    {
        zip.GetEntry(name)!.Delete();
        Put(zip, name, Encoding.UTF8.GetBytes(content));
    }

    private static ZipArchiveEntry Put(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        using var stream = entry.Open();
        stream.Write(content);
        return entry;
    }
}
