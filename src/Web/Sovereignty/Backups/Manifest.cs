using System.Text.Json.Serialization;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>The first line of a backup, in clear: whose it is, and which key opens it. No personal data.</summary>
internal sealed record BackupHead
{
    public required int Format { get; init; }

    /// <summary>The practice's <c>identity</c>.</summary>
    public required string Practice { get; init; }

    /// <summary>The moment, in UTC as ISO 8601 has it.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>The release that wrote it, and its schema.</summary>
    public required string Version { get; init; }

    public required int Schema { get; init; }

    /// <summary>How many erasures the journal inside holds.</summary>
    public required int Erasures { get; init; }

    /// <summary>The key of the practice's that wraps this backup's own.</summary>
    public required string Key { get; init; }

    /// <summary>This backup's own key, wrapped: nonce, ciphertext and tag of AES-256-GCM in base 64.</summary>
    public required string Wrapped { get; init; }
}

/// <summary>The first entry inside a backup: everything that is in it.</summary>
internal sealed record Manifest
{
    public required List<Part> Parts { get; init; }

    /// <summary>The <see cref="LogicalDigest"/> of every table.</summary>
    public required SortedDictionary<string, string> Tables { get; init; }

    /// <summary>The last entries of the two chains: the journal of erasures, and the audit log.</summary>
    public required string JournalHash { get; init; }

    public required string AuditHash { get; init; }
}

/// <summary>A file inside a backup.</summary>
/// <param name="Name">Its path below the practice's folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its content, in hexadecimal.</param>
internal sealed record Part(string Name, long Bytes, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BackupHead))]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
