using VetBooking.Web.SignIn.Passkeys;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>What it takes to let somebody in.</summary>
internal sealed record Door(Passwords Passwords, Attempts Attempts, SealedSteps Steps, PasskeyChecks Passkeys, ShownOnce ShownOnce);
