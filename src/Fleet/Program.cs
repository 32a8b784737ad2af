using VetBooking.Fleet;
using VetBooking.Fleet.Host;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

var verb = Verbs.Of(new Layout(), args).Parse(args);
var ended = await verb.InvokeAsync();
return verb.Errors.Count > 0 ? 2 : ended;
