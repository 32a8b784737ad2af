using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Swarm;

/// <summary>A file of an image.</summary>
/// <param name="Path">Where it lies in the image, without a leading slash.</param>
/// <param name="From">The file here; null for a folder.</param>
internal sealed record ImageFile(string Path, string? From)
{
    /// <summary>What is in it, if no file here has it.</summary>
    public string? Content { get; init; }

    public UnixFileMode Mode { get; init; } = (UnixFileMode)0b111_101_101;

    /// <summary>Whether the image's own user owns it.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>
/// Makes images as <c>docker load</c> takes them, without a Docker: the same files give the same bytes everywhere, and the
/// image's number is the sum of them. No shell, no package manager; nothing in it may be written but /data and /carry.
/// </summary>
internal static class Image
{
    private const string Libraries = "lib/x86_64-linux-gnu";
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    // Found when a program looks for them, not by ldd: ICU, OpenSSL and the C library's resolver.
    private static readonly string[] LookedFor = ["libicuuc.so", "libicui18n.so", "libssl.so", "libgcc_s.so", "libstdc++.so", "libresolv.so"];

    /// <summary>What every image has: the libraries this machine has for a program, the authorities the system trusts, and a user.</summary>
    public static async Task<IReadOnlyList<ImageFile>> Base(string program)
    {
        var known = (await Docker.Ask("/sbin/ldconfig", "-p")).Split('\n').Select(line => line.Split("=>", 2)).Where(pair => pair.Length == 2 && pair[0].Contains("x86-64", StringComparison.Ordinal))
            .Select(pair => (Name: pair[0].Trim().Split(' ')[0], Path: pair[1].Trim())).ToList();
        var roots = LookedFor.Select(start => known.Where(library => library.Name.StartsWith(start, StringComparison.Ordinal)).Select(library => library.Path).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new RefusedException($"This machine has no {start}, which an image needs: 'vetfleet prepare --engine swarm' installs it. Nothing was changed.")).ToList();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var root in roots) files[$"{Libraries}/{Path.GetFileName(root)}"] = root;
        foreach (var line in (await Docker.Ask(["ldd", program, .. roots])).Split('\n').Where(line => line.Contains('/', StringComparison.Ordinal) && !line.EndsWith(':')))
        {
            var path = line.Split("=>")[^1].Trim().Split(' ')[0];
            files[path.Contains("/ld-linux", StringComparison.Ordinal) ? $"lib64/{Path.GetFileName(path)}" : $"{Libraries}/{Path.GetFileName(path)}"] = path;
        }
        var folders = new[] { "app", "etc", "etc/ssl", "etc/ssl/certs", "lib", Libraries, "lib64" };
        return
        [
            .. folders.Select(folder => new ImageFile(folder, null)),
            new ImageFile("tmp", null) { Mode = (UnixFileMode)0b001_111_111_111 },
            new ImageFile("data", null) { Mode = (UnixFileMode)0b111_000_000, IsOwn = true },
            new ImageFile("carry", null) { Mode = (UnixFileMode)0b111_000_000, IsOwn = true },
            new ImageFile("etc/passwd", null) { Content = $"root:x:0:0::/:/\nvetbooking:x:{Docker.User}:{Docker.User}::/data:/\n", Mode = (UnixFileMode)0b110_100_100 },
            new ImageFile("etc/group", null) { Content = $"root:x:0:\nvetbooking:x:{Docker.User}:\n", Mode = (UnixFileMode)0b110_100_100 },
            new ImageFile("etc/nsswitch.conf", null) { Content = "hosts: files dns\n", Mode = (UnixFileMode)0b110_100_100 },
            new ImageFile("etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/ca-certificates.crt") { Mode = (UnixFileMode)0b110_100_100 },
            .. files.Select(file => new ImageFile(file.Key, file.Value)),
        ];
    }

    /// <summary>The image of a release: everything in its folder but the operator's program and the lists.</summary>
    public static async Task Make(string folder, string version, string archive)
    {
        var program = Path.Combine(folder, "vetbooking");
        var files = Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Where(name => name != "vetfleet" && !name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(".sig", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => new ImageFile("app/" + name, Path.Combine(folder, name)));
        await Write(archive, $"vetbooking:{version}", [await Base(IsProgram(program) ? program : "/bin/true"), [.. files]], new JsonObject
        {
            ["User"] = $"{Docker.User}:{Docker.User}",
            ["Env"] = new JsonArray("DOTNET_GCgen0size=80000"),
            ["Entrypoint"] = new JsonArray("/app/vetbooking"),
            ["Cmd"] = new JsonArray("serve", "--data", "/data", "--urls", "http://0.0.0.0:8080"),
            ["WorkingDir"] = "/data",
            ["StopSignal"] = "SIGTERM",
            ["ExposedPorts"] = new JsonObject { ["8080/tcp"] = new JsonObject() },
            ["Labels"] = new JsonObject { ["org.opencontainers.image.version"] = version },
            ["Healthcheck"] = new JsonObject
            {
                ["Test"] = new JsonArray("CMD", "/app/vetbooking", "ready", "--url", "http://127.0.0.1:8080"),
                ["Interval"] = 5_000_000_000, ["Timeout"] = 6_000_000_000, ["StartPeriod"] = 10_000_000_000, ["Retries"] = 3,
            },
        });
    }

    /// <summary>Writes an archive as <c>docker load</c> takes it; the numbers come first, so that they can be read without the rest.</summary>
    public static async Task Write(string archive, string name, IReadOnlyList<IReadOnlyList<ImageFile>> layers, JsonObject config)
    {
        var parts = new List<(string Name, string File, string Sum)>();
        try
        {
            foreach (var layer in layers)
            {
                var part = $"{archive}.layer{parts.Count}";
                await using (var file = File.Create(part))
                await using (var tar = new TarWriter(file, TarEntryFormat.Ustar))
                    foreach (var entry in layer) await Add(tar, entry);
                await using var bytes = File.OpenRead(part);
                parts.Add(($"layer{parts.Count}.tar", part, Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes))));
            }
            var about = new JsonObject
            {
                ["architecture"] = "amd64", ["os"] = "linux", ["created"] = "1970-01-01T00:00:00Z", ["config"] = config,
                ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. parts.Select(part => (JsonNode)$"sha256:{part.Sum}")]) },
                ["history"] = new JsonArray([.. parts.Select(_ => (JsonNode)new JsonObject { ["created"] = "1970-01-01T00:00:00Z", ["created_by"] = "vetfleet" })]),
            }.ToJsonString();
            var number = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(about)));
            var manifest = new JsonArray(new JsonObject { ["Config"] = number + ".json", ["RepoTags"] = new JsonArray(name), ["Layers"] = new JsonArray([.. parts.Select(part => (JsonNode)part.Name)]) });
            await using (var file = File.Create(archive + ".part"))
            await using (var tar = new TarWriter(file, TarEntryFormat.Ustar))
            {
                await Add(tar, new ImageFile("manifest.json", null) { Content = manifest.ToJsonString() });
                await Add(tar, new ImageFile(number + ".json", null) { Content = about });
                foreach (var part in parts) await Add(tar, new ImageFile(part.Name, part.File));
            }
            File.Move(archive + ".part", archive, overwrite: true);
        }
        finally
        {
            foreach (var part in parts) File.Delete(part.File);
        }
    }

    /// <summary>The number of the image in an archive, as a service names it: no other bytes can be started under it, and nothing is ever fetched for it.</summary>
    public static string NumberOf(string archive)
    {
        using var file = File.OpenRead(archive);
        using var tar = new TarReader(file);
        using var manifest = tar.GetNextEntry()?.DataStream ?? throw new RefusedException($"{archive} is no image. Remove it, and bring the release again.");
        return "sha256:" + Path.GetFileNameWithoutExtension((string)JsonNode.Parse(manifest)![0]!["Config"]!);
    }

    /// <summary>Whether a file is a program of the machine's, rather than a script.</summary>
    private static bool IsProgram(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> first = stackalloc byte[4];
        return file.ReadAtLeast(first, 4, throwOnEndOfStream: false) == 4 && first.SequenceEqual("\u007fELF"u8);
    }

    private static async Task Add(TarWriter tar, ImageFile file)
    {
        var owner = file.IsOwn ? int.Parse(Docker.User, System.Globalization.CultureInfo.InvariantCulture) : 0;
        await using var bytes = file.Content is { } content ? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) : file.From is { } from ? File.OpenRead(from) : (Stream?)null;
        await tar.WriteEntryAsync(new UstarTarEntry(bytes is null ? TarEntryType.Directory : TarEntryType.RegularFile, bytes is null ? file.Path + "/" : file.Path)
        {
            Mode = file.Mode, ModificationTime = Epoch, Uid = owner, Gid = owner, DataStream = bytes,
        });
    }
}
