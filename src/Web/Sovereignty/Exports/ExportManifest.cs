using System.Text.Json;
using System.Text.Json.Serialization;
using VetBooking.Web.Sovereignty.Backups;

namespace VetBooking.Web.Sovereignty.Exports;

/// <summary>What is in an export, in <c>manifest.json</c>; docs/export.md.</summary>
internal sealed record ExportManifest
{
    public required int Format { get; init; }

    /// <summary>The practice's <c>identity</c>.</summary>
    public required string Practice { get; init; }

    /// <summary>The moment it shows, in UTC as ISO 8601 has it.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>The release that wrote it, and its schema.</summary>
    public required string Version { get; init; }

    public required int Schema { get; init; }

    /// <summary>Every other file but the list of checksums.</summary>
    public required List<Part> Parts { get; init; }

    /// <summary>The digest of what the export holds of every table: equal after an import.</summary>
    public required SortedDictionary<string, string> Tables { get; init; }

    /// <summary>One digest of all of them.</summary>
    [JsonIgnore]
    public string Digest => LogicalDigest.Whole(Tables);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, WriteIndented = true)]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ExportJson : JsonSerializerContext;

/// <summary>An export cannot be made, or is not what it must be; the message says what to do.</summary>
internal sealed class ExportException(string message, Exception? inner = null) : Exception(message, inner);
