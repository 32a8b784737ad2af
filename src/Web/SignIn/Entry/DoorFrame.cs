using VetBooking.Web.Shared;

namespace VetBooking.Web.SignIn.Entry;

/// <summary>Something wrong with what was typed, with the field it is about.</summary>
public sealed record Fault(string Field, string Sentence);

/// <summary>What the pages before the desk have around them: for staff who are not signed in yet.</summary>
public sealed record DoorFrame
{
    public required Visitor Visitor { get; init; }

    /// <summary>The page's own title; the practice's name is added.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the page says that something typed is wrong; then its title says so first.</summary>
    public bool HasErrors { get; init; }
}

/// <summary>What stands in a form of these pages: what was typed, and what is wrong with it.</summary>
public abstract record DoorModel(Visitor Visitor)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string field) => Faults.FirstOrDefault(fault => fault.Field == field)?.Sentence;
}

/// <summary>The button that signs in, or makes something new, with a passkey. It appears where the browser can.</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="Question">Where the script asks what to ask the authenticator.</param>
/// <param name="Action">Where the answer goes.</param>
/// <param name="Label">What the button says.</param>
public sealed record PasskeyForm(Visitor Visitor, string Question, string Action, string Label)
{
    /// <summary>Whether a new passkey is made.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether it is the page's main button.</summary>
    public bool IsFirst { get; init; } = true;

    /// <summary>Asks for a name for the new passkey.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Where to go afterwards.</summary>
    public string Back { get; init; } = "";

    /// <summary>The form token of whoever is signed in; empty before.</summary>
    public string FormToken { get; init; } = "";
}
