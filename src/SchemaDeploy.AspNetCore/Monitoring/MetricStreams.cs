using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>
/// Which labels the measurements of an instrument keep, and how many series of them there can be. OpenTelemetry takes
/// memory for all of these at the start, and counts what comes beyond them as one series without labels: 2,000 unless it
/// is told, which is little for the requests of a large schema, and much for everything else.
/// </summary>
internal sealed class MetricStreams
{
    /// <summary>The meters of the databases' drivers, which are the names of their traces too.</summary>
    public static readonly string[] Drivers = ["Npgsql", "MySqlConnector"];

    /// <summary>The meters that are listened to.</summary>
    public static readonly string[] Meters =
    [
        Instruments.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.EntityFrameworkCore", "System.Runtime",
        .. Drivers,
    ];

    private const string RequestDuration = "http.server.request.duration";

    // Operations of a resource and their answers; and those of endpoints that belong to none, as of the application's own.
    private const int RequestsOfResource = 60;
    private const int OtherRequests = 1000;

    private const int OtherSeries = 100;

    private static readonly MetricStreamConfiguration s_other = new() { CardinalityLimit = OtherSeries };

    // The rest names the server and the database's user, which is nobody's business.
    private static readonly MetricStreamConfiguration s_connections =
        new() { TagKeys = ["state", "db.client.connection.state"], CardinalityLimit = OtherSeries };

    private readonly MetricStreamConfiguration _requests;
    private readonly MetricStreamConfiguration _refusals;

    /// <summary>Streams for so many resources.</summary>
    public MetricStreams(int resources)
    {
        // The others say nothing that these do not, or have a value for every client.
        _requests = new()
        {
            TagKeys = ["http.request.method", "http.route", "http.response.status_code", "resource", "operation"],
            CardinalityLimit = OtherRequests + (RequestsOfResource * resources),
        };
        _refusals = new() { CardinalityLimit = OtherSeries + (Enum.GetValues<RefusalReason>().Length * resources) };
    }

    /// <summary>The library's instruments and those of .NET and of drivers; any other keeps what OpenTelemetry gives it.</summary>
    public MetricStreamConfiguration? Of(Instrument instrument) => instrument.Meter.Name switch
    {
        _ when instrument.Name == RequestDuration => _requests,
        _ when instrument == Instruments.Refusals => _refusals,
        var meter when Drivers.Contains(meter) => s_connections,
        var meter when Meters.Contains(meter) => s_other,
        _ => null,
    };
}
