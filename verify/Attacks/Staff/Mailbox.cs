namespace VetBooking.Verify.Attacks.Staff;

/// <summary>Reads each mail of the outbox folder once, and knows everybody's link.</summary>
internal sealed class Mailbox(string data)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> read = [];
    private readonly Dictionary<string, string> links = [];

    /// <summary>The capability mailed to an address; null if no mail comes in time.</summary>
    public async Task<string?> LinkFor(string address, TimeSpan patience)
    {
        for (var until = DateTime.UtcNow + patience; DateTime.UtcNow < until; await Task.Delay(100))
        {
            lock (gate)
            {
                ReadNew();
                if (links.TryGetValue(address, out var token)) return token;
            }
        }
        return null;
    }

    private void ReadNew()
    {
        var folder = new DirectoryInfo(Path.Combine(data, "outbox"));
        if (!folder.Exists) return;
        foreach (var file in folder.EnumerateFiles("*.eml").Where(file => !read.Contains(file.Name)))
        {
            if (Mails.Read(file) is not { } mail) continue;
            read.Add(file.Name);
            if (mail.Token.Length > 0) links[mail.To] = mail.Token;
        }
    }
}
