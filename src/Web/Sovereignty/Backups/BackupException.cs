namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>A backup, its key or the place it should go to is not what it must be. Says why and what to do next; nothing was changed.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
