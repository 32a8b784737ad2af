namespace VetBooking.Fleet.Hosts;

/// <summary>How another host is reached: as root, by a key, and never with a question to whoever sits here.</summary>
internal static class Ssh
{
    public static IReadOnlyList<string> To(string destination) => ["ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15", destination];

    /// <summary>One word for the shell of the other side, which takes apart again what ssh puts together.</summary>
    public static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
