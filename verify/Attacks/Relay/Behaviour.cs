namespace VetBooking.Verify.Attacks.Relay;

/// <summary>How a mail relay can behave.</summary>
internal enum Behaviour
{
    Good,

    /// <summary>Nobody listens.</summary>
    Refuse,

    /// <summary>Takes the connection and says nothing.</summary>
    Hang,

    /// <summary>"Service not available", at once.</summary>
    Closing,

    /// <summary>Takes the connection and talks nonsense.</summary>
    Nonsense,

    /// <summary>"Try again later", the first time it sees a recipient.</summary>
    Greylist,

    /// <summary>"No such user".</summary>
    NoSuchUser,

    /// <summary>"Mailbox full" for the recipient, for now.</summary>
    MailboxFull,

    /// <summary>"Local error" after the whole mail.</summary>
    DeferData,

    /// <summary>"Content rejected" after the whole mail.</summary>
    RejectData,

    /// <summary>Is gone in the middle of the mail.</summary>
    DropInData,

    /// <summary>Takes the mail, and is gone before it says so: what was accepted but not heard.</summary>
    TakeAndDrop,

    /// <summary>Takes the mail, says so, and is gone.</summary>
    AnswerThenDrop,

    /// <summary>Answers a byte at a time, slower than anybody waits.</summary>
    Drip,

    /// <summary>Does not offer TLS to a client that wants it.</summary>
    NoTls,

    /// <summary>Offers TLS and then talks nonsense.</summary>
    BrokenTls,

    /// <summary>Offers TLS with a certificate of its own making.</summary>
    StrangeCertificate,
}

/// <summary>A mail the relay has taken.</summary>
/// <param name="Id">Its Message-ID.</param>
/// <param name="To">The recipient of the envelope.</param>
/// <param name="Heard">Whether the client was told.</param>
internal sealed record Taken(string Id, string To, bool Heard);
