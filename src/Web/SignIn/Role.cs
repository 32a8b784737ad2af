namespace VetBooking.Web.SignIn;

/// <summary>What an account is for; decides what its holder may do.</summary>
public enum Role
{
    /// <summary>The practice's owner, and whoever they trust as much: everything, accounts and settings included.</summary>
    Administrator,

    /// <summary>A vet: plans and looks after clients.</summary>
    Vet,

    /// <summary>The front desk (TFA): plans and looks after clients.</summary>
    FrontDesk,

    /// <summary>Looks, and changes nothing.</summary>
    Trainee,

    /// <summary>Somebody who steps in: like a vet, until a date.</summary>
    Locum,

    /// <summary>The operator's people, if an administrator lets them in: they look, for a few hours.</summary>
    Support,
}

/// <summary>What a route asks of whoever calls it. Each right includes the ones before it.</summary>
public enum Right
{
    /// <summary>See the practice's day and its clients.</summary>
    Read,

    /// <summary>Change appointments and clients.</summary>
    Plan,

    /// <summary>Change the practice itself: settings, accounts, the audit log.</summary>
    Manage,
}

/// <summary>Roles and rights as words and as rules.</summary>
public static class Roles
{
    /// <summary>The most a role may do.</summary>
    public static Right RightOf(Role role) => role switch
    {
        Role.Administrator => Right.Manage,
        Role.Vet or Role.FrontDesk or Role.Locum => Right.Plan,
        _ => Right.Read,
    };

    /// <summary>Whether a role may do what a route asks.</summary>
    public static bool May(this Role role, Right right) => RightOf(role) >= right;

    /// <summary>The role as the database has it.</summary>
    public static string Word(Role role) => role switch
    {
        Role.Administrator => "administrator",
        Role.Vet => "vet",
        Role.FrontDesk => "front-desk",
        Role.Locum => "locum",
        Role.Support => "support",
        _ => "trainee",
    };

    /// <summary>Reads what <see cref="Word"/> wrote; null for anything else.</summary>
    public static Role? Read(string word) => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role => Word(role!.Value) == word);
}
