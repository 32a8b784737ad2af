using System.Text.Json;
using System.Text.Json.Serialization;
using VetBooking.Web.Machines;

namespace VetBooking.Web.Shared;

/// <summary>What the operator owns and decides: <c>instance.json</c>. No personal data.</summary>
/// <remarks>
/// Not init: the generated reader would set what a file leaves out to null and 0 instead of what stands here.
/// </remarks>
public sealed record InstanceSettings
{
    /// <summary>The address people know, without a slash at the end; links in mails begin with it.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Other names that lead here; pages asked for by one of them answer with their address under <see cref="PublicUrl"/>.</summary>
    public IReadOnlyList<string> HostNames { get; set => field = value ?? []; } = [];

    /// <summary>How mail leaves.</summary>
    public MailSettings Mail { get; set; } = new();

    /// <summary>What may be called inside the operator's own network.</summary>
    public OutboundSettings Outbound { get; set; } = new();

    /// <summary>Bounds against abuse.</summary>
    public LimitSettings Limits { get; set; } = new();

    /// <summary>Reads the file; defaults if there is none.</summary>
    /// <exception cref="SettingsException">The file is there but cannot be used; the message says what to do.</exception>
    public static InstanceSettings Load(string path)
    {
        if (!File.Exists(path)) return new InstanceSettings();
        InstanceSettings settings;
        try
        {
            settings = JsonSerializer.Deserialize(File.ReadAllText(path), SettingsJson.Default.InstanceSettings) ?? new InstanceSettings();
        }
        catch (JsonException broken)
        {
            throw new SettingsException($"{path} cannot be read: {broken.Message} Correct it, or remove it to use the defaults.");
        }
        if (settings.Problem() is { } problem) throw new SettingsException($"{path}: {problem}");
        return settings;
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, SettingsJson.Default.InstanceSettings) + "\n");

    /// <summary>A host name as browsers send it, in small letters and ASCII; null if it is none.</summary>
    public static string? HostOf(string name) =>
        Uri.CheckHostName(name) == UriHostNameType.Dns && Uri.TryCreate("http://" + name, UriKind.Absolute, out var url) ? url.IdnHost : null;

    private string? Problem() => this switch
    {
        _ when !Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/"
            => "publicUrl must be an address like https://termin.praxis.de, without a path.",
        _ when HostNames.FirstOrDefault(name => HostOf(name) is null || HostOf(name) == new Uri(PublicUrl).IdnHost) is { } name
            => $"hostNames must be names like www.praxis.de, without https:// and other than that of publicUrl; \"{name}\" is none.",
        { Mail.Transport: not ("folder" or "smtp") } => "mail.transport must be \"folder\" or \"smtp\".",
        { Mail: { Transport: "smtp", Host: "" } } => "mail.host is missing: the name of the mail relay.",
        { Mail.Security: not ("starttls" or "tls" or "none") } => "mail.security must be \"starttls\", \"tls\" or, to a relay on this machine only, \"none\".",
        { Mail: { Transport: "smtp", Security: "none", Host: not ("localhost" or "127.0.0.1" or "::1") } }
            => "mail.security \"none\" is for a relay on this machine only; use \"starttls\" or \"tls\".",
        { Mail.TimeoutSeconds: < 1 or > 600 } => "mail.timeoutSeconds must be between 1 and 600.",
        { Outbound.Problem: { } problem } => problem,
        { Limits.Problem: { } problem } => problem,
        _ => null,
    };
}

/// <summary>How mail leaves the practice.</summary>
public sealed record MailSettings
{
    /// <summary><c>smtp</c>, or <c>folder</c>: .eml files in the practice's outbox folder.</summary>
    public string Transport { get; set; } = "folder";

    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;

    /// <summary><c>starttls</c> (required, never optional), <c>tls</c>, or <c>none</c> to a relay on this machine.</summary>
    public string Security { get; set; } = "starttls";

    public string User { get; set; } = "";

    /// <summary>A file that holds the password and nothing else.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Certificates (PEM) to trust besides the system's, for a relay with one of the operator's own.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>The sender's address; the practice's own, if empty.</summary>
    public string From { get; set; } = "";

    /// <summary>How long one attempt may take, in seconds.</summary>
    public int TimeoutSeconds { get; set; } = 30;
}

/// <summary>Bounds against abuse. A block is an IPv4 /24 or an IPv6 /56.</summary>
public sealed record LimitSettings
{
    /// <summary>Bookings one block may try in an hour.</summary>
    public int TriesPerBlockAndHour { get; set; } = 30;

    /// <summary>Times one block may hold unconfirmed at once.</summary>
    public int HoldsPerBlock { get; set; } = 6;

    /// <summary>Times one mail address may hold or have requested at once.</summary>
    public int HoldsPerAddress { get; set; } = 3;

    /// <summary>Bookings one mail address may make in a day.</summary>
    public int BookingsPerAddressAndDay { get; set; } = 8;

    /// <summary>Times that may be held unconfirmed at once in all. Beyond, only a block that holds none yet may hold one.</summary>
    public int HoldsInAll { get; set; } = 80;

    /// <summary>Requests one block may make in a minute, pages and API together.</summary>
    public int RequestsPerBlockAndMinute { get; set; } = 600;

    /// <summary>Seconds a person needs at least for the contact form.</summary>
    public int FastestFormSeconds { get; set; } = 2;

    internal string? Problem =>
        new[] { TriesPerBlockAndHour, HoldsPerBlock, HoldsPerAddress, BookingsPerAddressAndDay, HoldsInAll, RequestsPerBlockAndMinute }.Any(limit => limit < 1)
            ? "every limit must be at least 1."
            : null;
}

/// <summary>The settings file cannot be used; the message says what to do.</summary>
public sealed class SettingsException(string message) : Exception(message);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(InstanceSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
