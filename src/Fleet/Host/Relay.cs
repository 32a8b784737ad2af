using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VetBooking.Fleet.Host;

/// <summary>The mail relay that a practice's settings name. Whether it takes mail is the practice's affair; here it is only looked whether somebody is there.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="Greets">Whether it speaks first, in clear: not where TLS comes first.</param>
internal sealed record Relay(string Host, int Port, bool Greets = true)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The relay of an <c>instance.json</c>; null if mails stay in a folder.</summary>
    public static Relay? Of(JsonObject? instance) => instance?["mail"] is JsonObject mail && Word(mail, "transport") == "smtp"
        ? new Relay(Word(mail, "host"), mail["port"] is JsonValue port && port.TryGetValue<int>(out var number) ? number : 587, Word(mail, "security") != "tls")
        : null;

    /// <summary>The relay of a practice that is there; its settings are read by its user.</summary>
    /// <exception cref="RefusedException">They cannot be read.</exception>
    public static async Task<Relay?> Of(Layout layout, string practice)
    {
        var path = Path.Combine(layout.DataOf(practice), "instance.json");
        var present = await Shell.Run(["runuser", "-u", Names.UserOf(practice), "--", "sh", "-c", "[ ! -e \"$1\" ] || cat -- \"$1\"", "-", path]);
        if (present.Code != 0) throw new RefusedException($"{path} cannot be read: {present.LastWords}");
        try
        {
            return present.Output.Length == 0 ? null : Of(JsonNode.Parse(present.Output, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject);
        }
        catch (JsonException)
        {
            throw new RefusedException($"The mail settings in {path} cannot be read. Correct them; docs/instance.md lists them.");
        }
    }

    private static string Word(JsonObject mail, string name) => mail[name] is JsonValue value && value.TryGetValue<string>(out var word) ? word : "";

    /// <summary>Says what is wrong with it; null if it answers as a mail server does.</summary>
    public async Task<string?> Problem()
    {
        if (Host.Length == 0) return "The mail relay has no name: mail.host is missing.";
        using var stop = new CancellationTokenSource(Patience);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(Host, Port, stop.Token);
            if (!Greets) return null;
            using var words = new StreamReader(connection.GetStream());
            return await words.ReadLineAsync(stop.Token) is ['2', '2', '0', ..] ? null : $"What answers at {Host}:{Port} is no mail relay that takes mail now.";
        }
        catch (SocketException failed)
        {
            return failed.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
                ? $"The mail relay {Host} is not known to this machine's name servers."
                : $"The mail relay {Host}:{Port} does not answer.";
        }
        catch (Exception failed) when (failed is IOException or OperationCanceledException)
        {
            return $"The mail relay {Host}:{Port} does not answer.";
        }
    }
}
