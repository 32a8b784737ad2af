using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace VetBooking.Fleet.Host;

/// <summary>What the operator decides for a whole host: <c>/etc/vetbooking/fleet.json</c>.</summary>
/// <remarks>Not init: the generated reader would set what a file leaves out to null instead of what stands here.</remarks>
internal sealed record FleetSettings
{
    /// <summary>Where certificates come from: the address of an ACME directory, <c>internal</c> for the edge's own authority, or empty for the edge's default.</summary>
    public string Acme { get; set; } = "";

    /// <summary>A file (PEM) with the certificate of the ACME server's own authority; empty if the system trusts it.</summary>
    public string AcmeRoot { get; set; } = "";

    /// <summary>The operator's mail address for whoever issues certificates.</summary>
    public string Email { get; set; } = "";

    /// <summary>After so long without a request a practice sleeps.</summary>
    public string IdleExit { get; set; } = "2m";

    /// <summary>What a practice may reach besides this machine, in systemd's words: <c>any</c>, or addresses like <c>203.0.113.7/32</c>.</summary>
    public string Outbound { get; set; } = "any";

    /// <summary>How much of the disk each practice may fill, where the file system keeps quotas; an update needs room for three copies.</summary>
    public string Disk { get; set; } = "20G";

    /// <summary>Where <c>backup</c> puts copies: a folder, or a restic repository with its <c>restic:</c> in front. Empty: they stay in the practice's folder.</summary>
    public string Backups { get; set; } = "";

    /// <summary>So many days copies of backups stay where they were carried; a practice's newest always does.</summary>
    public int BackupDays { get; set; } = 35;

    /// <summary>Where <c>status --page</c> sends metrics: the whole address of an OTLP receiver, like <c>http://127.0.0.1:4318/v1/metrics</c>. Empty: nowhere.</summary>
    public string Metrics { get; set; } = "";

    /// <summary>With Swarm: the addresses of the network between the edge and the practices, which nothing else of yours may use.</summary>
    public string Network { get; set; } = "10.210.0.0/16";

    /// <summary>What every new practice's <c>instance.json</c> begins with, like the mail relay.</summary>
    public JsonObject Instance { get; set; } = [];

    /// <summary>Reads the file; defaults if there is none.</summary>
    /// <exception cref="RefusedException">It cannot be used.</exception>
    public static FleetSettings Load(string path)
    {
        if (!File.Exists(path)) return new FleetSettings();
        try
        {
            var settings = JsonSerializer.Deserialize(File.ReadAllText(path), FleetSettingsJson.Default.FleetSettings) ?? new FleetSettings();
            return settings.BackupDays >= 1 ? settings : throw new RefusedException($"backupDays in {path} must be 1 or more; it is {settings.BackupDays}.");
        }
        catch (JsonException broken)
        {
            throw new RefusedException($"{path} cannot be read: {broken.Message} Correct it, or remove it to use the defaults.");
        }
    }

    public string Text() => JsonSerializer.Serialize(this, FleetSettingsJson.Default.FleetSettings) + "\n";

    /// <summary>A practice's <c>instance.json</c> under these names.</summary>
    /// <param name="hosts">Its names, the first being its address.</param>
    /// <param name="present">What the file says now; null if there is none.</param>
    public string InstanceFor(IReadOnlyList<string> hosts, JsonObject? present = null)
    {
        var instance = (JsonObject)(present ?? Instance).DeepClone();
        instance["publicUrl"] = $"https://{hosts[0]}";
        instance["hostNames"] = new JsonArray([.. hosts.Skip(1).Select(host => (JsonNode)host)]);
        return instance.ToJsonString(FleetSettingsJson.Default.Options) + "\n";
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FleetSettings))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class FleetSettingsJson : JsonSerializerContext;
