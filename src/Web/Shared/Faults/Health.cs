using System.Net;
using Microsoft.Data.Sqlite;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Shared.Faults;

/// <summary>Whether the practice is alive and can serve; for the machine it runs on only, and without any detail.</summary>
internal static class Health
{
    /// <summary><c>GET /health/live</c>: until the disk could not save, and the practice ends.</summary>
    public static IResult Live(Writer writer) => writer.Trust.IsLost ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Ok();

    /// <summary><c>GET /health/ready</c>: whether the writer answers, and what people wrote last could be saved or there is room again.</summary>
    public static async Task<IResult> Ready(Writer writer)
    {
        if (writer.IsAiling) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        try
        {
            return await writer.Write(change => change.Db.Number("SELECT count(*) FROM practice")) == 1 ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception failed) when (failed is StorageException or SqliteException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Lets only this machine in: loopback or a UNIX socket, and nobody for whom a proxy asks.</summary>
    public static ValueTask<object?> OnlyLocal(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (peer, headers) = (context.HttpContext.Connection.RemoteIpAddress, context.HttpContext.Request.Headers);
        var local = (peer is null || IPAddress.IsLoopback(peer)) && !headers.ContainsKey("X-Forwarded-For");
        return local ? next(context) : ValueTask.FromResult<object?>(Results.NotFound());
    }
}
