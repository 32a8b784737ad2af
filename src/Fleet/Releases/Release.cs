using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Releases;

/// <summary>What a release says about itself: <c>release.json</c>. Its signature covers every byte of it, and it covers every file.</summary>
internal sealed record Release
{
    public const string ManifestFile = "release.json";
    public const string SignatureFile = "release.json.sig";

    public string Version { get; set; } = "";

    /// <summary>The schema its database has.</summary>
    public int Schema { get; set; }

    /// <summary>SHA-256 of every file, in hex.</summary>
    public IReadOnlyDictionary<string, string> Files { get; set; } = new Dictionary<string, string>();

    /// <summary>Reads a release that lies in a folder, and looks whether it is whole and signed by whom it should be.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="publicKey">The key as PEM: elliptic curve, made by <c>openssl ecparam -name secp384r1 -genkey</c>.</param>
    /// <exception cref="RefusedException">It is not.</exception>
    public static Release Read(string folder, string publicKey)
    {
        var manifest = Bytes(folder, ManifestFile);
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicKey);
        }
        catch (ArgumentException)
        {
            throw new RefusedException("The public key for releases is no elliptic curve key in PEM. Give the right one with 'vetfleet prepare --release-key FILE'.");
        }
        if (!key.VerifyData(manifest, Bytes(folder, SignatureFile), HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence))
            throw new RefusedException("The release is not signed with the key this host trusts. Take it from where it is published, anew.");
        var release = Parse(manifest);
        if (ReleaseVersion.Read(release.Version) is null) throw new RefusedException("The release's version is none. Take it from where it is published, anew.");
        foreach (var (name, sum) in release.Files) Compare(folder, name, sum);
        var strange = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).FirstOrDefault(name => name is not (ManifestFile or SignatureFile) && !release.Files.ContainsKey(name!));
        return strange is null ? release : throw new RefusedException($"The release has a file {strange} that its list does not know. Take it from where it is published, anew.");
    }

    private static void Compare(string folder, string name, string sum)
    {
        if (name != Path.GetFileName(name)) throw new RefusedException("The release's list names a file outside of it.");
        using var file = File.Exists(Path.Combine(folder, name)) ? File.OpenRead(Path.Combine(folder, name)) : throw new RefusedException($"The release lacks {name}: it was cut off. Take it from where it is published, anew.");
        if (Convert.ToHexStringLower(SHA256.HashData(file)) != sum) throw new RefusedException($"{name} is not what the release's list says: it was cut off or changed. Take it from where it is published, anew.");
    }

    private static byte[] Bytes(string folder, string name) => File.Exists(Path.Combine(folder, name))
        ? File.ReadAllBytes(Path.Combine(folder, name))
        : throw new RefusedException($"There is no {name}: this is no release, or one that was cut off.");

    private static Release Parse(byte[] manifest)
    {
        try
        {
            return JsonSerializer.Deserialize(manifest, ReleaseJson.Default.Release) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RefusedException($"{ManifestFile} cannot be read.");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Release))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
